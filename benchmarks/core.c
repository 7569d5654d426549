/* The core of word of mouth (benchmarks/core.yaml) as one would write it down in C: doubles, one
   loop after the other over people, a small generator of random numbers, the C library's own
   logarithm. Four firms; need, consideration, choice, experience, satisfaction, talk; books by
   person and by firm. It is what the market is measured against, not a part of it. */

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

enum { FIRMS = 4 };

typedef struct {
    double taste, first_expectation, salience, expectation, satisfaction;
    double revenue, profit;
    double verdict;
    int32_t praise, blame;
    int32_t purchases, first, last;
} relation;

typedef struct {
    double satisfaction, satisfaction_squared, salience, revenue, profit, quality;
    int64_t customers, buyers, acquired, reactivated, lapsed, purchases, praise, blame;
} book;

static uint64_t state[4];

static inline uint64_t rotated(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

/* xoshiro256+ (Blackman & Vigna 2021) */
static inline double uniform(void)
{
    uint64_t result = state[0] + state[3], t = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= t;
    state[3] = rotated(state[3], 45);
    return ((result >> 11) + 0.5) * 0x1.0p-53;
}

static double gumbel(void) { return -log(-log(uniform())); }

static double normal(void)
{
    return sqrt(-2.0 * log(uniform())) * cos(6.283185307179586 * uniform());
}

static int poisson(double mean)
{
    int count = 0;
    double term = exp(-mean), total = term, u = uniform();
    while (u > total && term > 0.0) {
        count++;
        term *= mean / count;
        total += term;
    }
    return count;
}

static void forget_and_hear(relation *r, const double *p)
{
    for (int f = 0; f < FIRMS; f++, r++) {
        r->salience *= 1.0 - p[1];
        int heard = r->praise + r->blame;
        if (heard == 0)
            continue;
        r->salience += (1.0 - pow(1.0 - p[2], r->praise)) * (1.0 - r->salience);
        r->salience *= pow(1.0 - p[3], r->blame);
        double weight = p[4] * (r->purchases > 0 ? p[5] : 1.0);
        r->expectation += (1.0 - pow(1.0 - weight, heard)) * (r->verdict / heard - r->expectation);
        r->praise = r->blame = 0;
        r->verdict = 0.0;
    }
}

static int choose(const relation *r, int last, const double *p)
{
    int best = -1;
    double best_value = -INFINITY;
    for (int f = 0; f < FIRMS; f++) {
        if (f != last && uniform() >= r[f].salience)
            continue;
        double opinion = r[f].purchases > 0 ? r[f].satisfaction : r[f].expectation;
        double value = r[f].taste + p[6] * (opinion - p[7]) + (f == last ? p[8] : 0.0) + gumbel();
        if (value > best_value) {
            best = f;
            best_value = value;
        }
    }
    return best;
}

static void buy(relation *r, book *b, int step, int window, const double *p)
{
    if (r->purchases == 0) {
        r->first = step;
        r->satisfaction = r->expectation;
        b->acquired++;
    } else if (step - r->last > window)
        b->reactivated++;
    r->revenue += p[15];
    r->profit += p[15] - p[16];
    b->revenue += p[15];
    b->profit += p[15] - p[16];
    b->purchases++;
    double quality = p[9] + p[10] * normal();
    quality = quality < 0.0 ? 0.0 : quality > 1.0 ? 1.0 : quality;
    double gap = quality - r->expectation;
    double met = quality + (gap >= 0.0 ? p[12] : p[13]) * gap;
    met = met < 0.0 ? 0.0 : met > 1.0 ? 1.0 : met;
    r->satisfaction += p[11] * (met - r->satisfaction);
    r->expectation += p[14] * (quality - r->expectation);
    b->quality += quality;
    r->purchases++;
    r->last = step;
    r->salience = 1.0;
}

static void talk(relation *people, int64_t i, int f, book *b, const int64_t *start,
                 const int32_t *tie, const double *p)
{
    relation *r = people + i * FIRMS + f;
    double above = r->satisfaction - p[7];
    double mean = p[17] + (above >= 0.0 ? p[18] * above : -p[19] * above);
    int64_t ties = start[i + 1] - start[i];
    for (int n = poisson(mean); n > 0; n--) {
        int praised = above >= 0.0;
        b->praise += praised;
        b->blame += !praised;
        if (ties == 0)
            continue;
        relation *box = people + (int64_t)tie[start[i] + (int64_t)(uniform() * ties)] * FIRMS + f;
        box->praise += praised;
        box->blame += !praised;
        box->verdict += r->satisfaction;
    }
}

/* Live `steps` months of `size` people from month `begin` on. `people` has FIRMS relations a person, `last` the firm last
   bought from or -1, `books` FIRMS rows a step. Parameters: need, forgetting, gain, loss, message
   weight, experienced, weight of satisfaction, reference, staying, quality, noise, adaptation of
   satisfaction, delight, disappointment, adaptation of expectation, price, unit cost, base,
   positive and negative weight of talk, relaxation. */
void live(int64_t size, int begin, int steps, int window, relation *people, int8_t *last, book *books,
          const int64_t *start, const int32_t *tie, const double *p, uint64_t seed)
{
    for (int k = 0; k < 4; k++) /* splitmix64 */
        state[k] = (seed += 0x9e3779b97f4a7c15) * 0xbf58476d1ce4e5b9 ^ (seed >> 31);
    for (int step = begin; step < begin + steps; step++) {
        book *b = books + (int64_t)(step - begin) * FIRMS;
        for (int64_t i = 0; i < size; i++) {
            relation *r = people + i * FIRMS;
            forget_and_hear(r, p);
            for (int n = poisson(p[0]); n > 0; n--) {
                int f = choose(r, last[i], p);
                if (f >= 0) {
                    buy(r + f, b + f, step, window, p);
                    last[i] = (int8_t)f;
                }
            }
            for (int f = 0; f < FIRMS; f++)
                if (r[f].purchases > 0 && r[f].last < step)
                    r[f].satisfaction += p[20] * (r[f].expectation - r[f].satisfaction);
        }
        for (int64_t i = 0; i < size; i++) {
            relation *r = people + i * FIRMS;
            for (int f = 0; f < FIRMS; f++) {
                if (r[f].purchases > 0 && r[f].last == step)
                    talk(people, i, f, b + f, start, tie, p);
                b[f].salience += r[f].salience;
                if (r[f].purchases == 0)
                    continue;
                b[f].buyers++;
                b[f].lapsed += step - r[f].last == window;
                if (step - r[f].last >= window)
                    continue;
                b[f].customers++;
                b[f].satisfaction += r[f].satisfaction;
                b[f].satisfaction_squared += r[f].satisfaction * r[f].satisfaction;
            }
        }
    }
}
