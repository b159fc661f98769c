using System.Text;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>A shared bucket as its store keeps it: what each word of a replica makes of the text.</summary>
public sealed class SharedBucketTests
{
    private const long Duration = 10_000;

    private readonly Budget budget = BudgetScript.Budget("1000/1000 100000/60000");

    [Fact]
    public void A_lease_is_taken_out_of_the_windows_and_what_was_spent_is_told_later()
    {
        var text = Say(null, 5000, new LeaseRequest("a.1", 0, 0, 1, 100, false), "granted 100");
        Assert.Equal("5000;900.0,99900.0;a.1:100:0:15000", text);
        // 40 were spent: nothing changes in the windows but what the time gave.
        text = Say(text, 5010, new LeaseRequest("a.1", 0, 40, 1, 200, false), "granted 300");
        Assert.Equal("5010;710.0,99716.40000;a.1:300:40:15010", text);
        // The rest goes back at the end.
        text = Say(text, 5010, new LeaseRequest("a.1", 40, 50, 0, 0, true), "granted 300");
        Assert.Equal("5010;960.0,99966.40000;", text);
    }

    [Fact]
    public void The_emptier_the_windows_the_smaller_the_lease_but_never_less_than_the_minimum()
    {
        var text = Say("5000;100.0,100000.0;", 5000, new LeaseRequest("a.1", 0, 0, 1, 1000, false), "granted 25");
        text = Say(text, 5000, new LeaseRequest("b.1", 0, 0, 70, 1000, false), "granted 70");
        text = Say(text, 5000, new LeaseRequest("c.1", 0, 0, 6, 6, false), "granted 0 refused");
        Assert.Equal("5000;5.0,99905.0;a.1:25:0:15000,b.1:70:0:15000,c.1:0:0:15000", text);
    }

    [Fact]
    public void What_was_spent_beyond_the_lease_is_charged()
    {
        var text = Say("5000;900.0,99900.0;a.1:100:0:15000", 5000, new LeaseRequest("a.1", 0, 1500, 1, 1, false), "granted 1500 refused");
        Assert.Equal("5000;-500.0,98500.0;a.1:1500:1500:15000", text);
        Assert.Equal("5500;0.0,99333.20000;a.1:1500:1500:15500", Say(text, 5500, new LeaseRequest("a.1", 1500, 1500, 1, 1, false), "granted 1500 refused"));
        Assert.Equal("5501;0.0,99334.0;a.1:1501:1500:15501", Say(text, 5501, new LeaseRequest("a.1", 1500, 1500, 1, 1, false), "granted 1501"));
    }

    [Fact]
    public void The_same_words_said_twice_count_once_and_a_lost_grant_is_found_again()
    {
        var first = Say("5000;900.0,99900.0;a.1:100:0:15000", 5000, new LeaseRequest("a.1", 0, 60, 1, 100, false), "granted 200");
        // The answer was lost; the replica knows of 100.
        Assert.Equal(
            "5000;800.0,99800.0;a.1:200:60:15000",
            Say(first, 5000, new LeaseRequest("a.1", 0, 60, 0, 0, false), "granted 200"));
    }

    [Fact]
    public void A_lease_without_its_replica_expires_and_a_replica_that_comes_back_is_charged_what_it_had_not_told()
    {
        var text = Say("5000;0.0,50000.0;a.1:100:30:6000", 6000, new LeaseRequest("b.1", 0, 0, 1, 1, false), "granted 1");
        Assert.Equal("6000;999.0,51735.40000;b.1:1:0:16000", text);
        // Of 50 it has told 30: 20 are charged, and none of the lease is left.
        text = Say(text, 6000, new LeaseRequest("a.1", 30, 50, 0, 0, false), "granted 50");
        Assert.Equal("6000;979.0,51715.40000;b.1:1:0:16000,a.1:50:50:16000", text);
    }

    [Fact]
    public void A_clock_that_is_set_back_a_little_is_waited_for() => Assert.Equal(
        "5000;990.0,100.0;a.1:10:0:15000,b.1:10:0:15000",
        Say("5000;1000.0,110.0;a.1:10:0:15000", 4000, new LeaseRequest("b.1", 0, 0, 10, 10, false), "granted 10"));

    [Fact]
    public void A_clock_that_is_set_back_far_is_believed() => Assert.Equal(
        "100000;990.0,100.0;a.1:10:0:110000,b.1:10:0:110000",
        Say("5000000;1000.0,110.0;a.1:10:0:5010000", 100_000, new LeaseRequest("b.1", 0, 0, 10, 10, false), "granted 10"));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("5000;900.0;")]
    [InlineData("5000;900.0,99900.0")]
    [InlineData("5000;1001.0,99900.0;")]
    [InlineData("5000;900.1000,99900.0;")]
    [InlineData("5000;900.0,99900.-1;")]
    [InlineData("5000;-1152921504606846977.0,99900.0;")]
    [InlineData("-1;900.0,99900.0;")]
    [InlineData("9223372036854775807;900.0,99900.0;")]
    [InlineData("5000;900.0,99900.0;a.1:1:2:3")]
    [InlineData("5000;900.0,99900.0;a.1:9223372036854775807:2:3")]
    [InlineData("5000;900.0,99900.0;a.1:2:1")]
    [InlineData("5000;900.0,99900.0;a.1:2:1:9223372036854775807")]
    [InlineData("5000;900.0,99900.0;;")]
    [InlineData("99999999999999999999;900.0,99900.0;")]
    public void What_is_no_bucket_is_not_read(string text) => Assert.False(SharedBucket.TryRead(Encoding.UTF8.GetBytes(text), budget, out _));

    [Fact]
    public void A_store_keeps_a_bucket_until_it_is_full_and_its_leases_are_over()
    {
        Assert.Equal(60_000, LifeOf("5000;0.0,0.0;"));
        Assert.Equal(60_100, LifeOf("5000;0.0,0.0;a.1:1:0:65100"));
        Assert.Equal(0, LifeOf("5000;1000.0,100000.0;"));

        long LifeOf(string text)
        {
            Assert.True(SharedBucket.TryRead(Encoding.UTF8.GetBytes(text), budget, out var bucket));
            return bucket.LifeAfter(5000);
        }
    }

    /// <summary>Leases of any kind, told in any order and twice, beside a plain bucket: units are neither lost nor made.</summary>
    [Fact]
    public void Random_words_keep_the_sum()
    {
        for (var i = 0; i < Nightly.Cases(300, 10_000); i++)
        {
            var seed = Seed.Value + i;
            var random = new Random(seed);
            var twin = new PlainBucket(budget);
            var now = 1000L;
            string? text = null;
            var (granted, spent, told, used) = (new long[3], new long[3], new long[3], new int[3]);
            for (var step = 0; step < 60; step++)
            {
                var time = random.Next(3) == 0 ? random.Next(300) : 0;
                now += time;
                twin.Pass(time);
                var replica = random.Next(3);
                spent[replica] += random.Next(3) == 0 ? random.Next(500) : 0;
                var isLast = random.Next(8) == 0;
                var minimum = isLast ? 0 : random.Next(0, 300);
                var request = new LeaseRequest($"{replica}.{used[replica]}", told[replica], spent[replica], minimum, minimum + random.Next(300), isLast);
                var bucket = Read(text, now);
                var answer = bucket.Exchange(request, now, 1_000_000);
                text = Encoding.UTF8.GetString(bucket.Write());

                // In the plain one the lease is spent when it is granted, and what is over comes back.
                var uncovered = Math.Max(spent[replica] - granted[replica], 0);
                twin.Give(-uncovered);
                var grant = answer.Granted - granted[replica] - uncovered;
                Assert.InRange(grant, 0, request.Want);
                Assert.True(twin.TryTake(grant) || grant == 0, $"seed {seed}: more was granted than was there");
                Assert.Equal(answer.IsRefused, grant < minimum);
                Assert.True(!answer.IsRefused || twin.Available < minimum, $"seed {seed}: refused though it was there");
                granted[replica] = answer.Granted;
                told[replica] = spent[replica];
                if (isLast)
                {
                    twin.Give(granted[replica] - spent[replica]);
                    (granted[replica], spent[replica], told[replica]) = (0, 0, 0);
                    used[replica]++;
                }

                Assert.Equal((long)twin.Available, answer.Levels.Available);
            }
        }
    }

    private SharedBucket Read(string? text, long now)
    {
        if (text is null)
        {
            return new SharedBucket(budget, now);
        }

        Assert.True(SharedBucket.TryRead(Encoding.UTF8.GetBytes(text), budget, out var bucket), text);
        return bucket;
    }

    private string Say(string? text, long now, LeaseRequest request, string expected)
    {
        var bucket = Read(text, now);
        var answer = bucket.Exchange(request, now, Duration);
        Assert.Equal(expected, $"granted {answer.Granted}{(answer.IsRefused ? " refused" : "")}");
        return Encoding.UTF8.GetString(bucket.Write());
    }
}
