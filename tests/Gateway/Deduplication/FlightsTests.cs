using System.Text;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace GraphGateway.Gateway.Tests.Deduplication;

/// <summary>Work that is on its way, and who shares it.</summary>
public sealed class FlightsTests
{
    private readonly MutationClock mutations = new();
    private readonly List<Work> begun = [];
    private int joined;

    [Fact]
    public async Task Who_wants_the_same_waits_for_the_first_and_each_disposes_an_answer()
    {
        var flights = Make();
        var first = Join(flights, "a");
        var second = Join(flights, "a");
        var third = Join(flights, "a");
        Assert.Equal((1, 2), (begun.Count, joined));
        begun[0].Land("one");
        var answers = await Task.WhenAll(first, second, third);
        Assert.Equal(["one", "one", "one"], answers.Select(answer => answer.Text));
        answers[0].Dispose();
        answers[2].Dispose();
        Assert.Equal(1, begun[0].Owners);
        answers[1].Dispose();
        Assert.Equal(0, begun[0].Owners);
    }

    [Fact]
    public async Task Nobody_joins_what_has_landed()
    {
        var flights = Make();
        var first = Join(flights, "a");
        begun[0].Land("one");
        (await first).Dispose();
        var second = Join(flights, "a");
        begun[1].Land("two");
        Assert.Equal("two", (await second).Text);
        Assert.Equal(0, joined);
    }

    [Theory]
    [InlineData("a", "x=1", "a", "x=2")]
    [InlineData("a", "x=1", "a", "")]
    [InlineData("a", "x=", "a", "")]
    [InlineData("a", "x=1;y=", "a", "x=;y=1")]
    [InlineData("a", "x=1,2", "a", "x=12")]
    [InlineData("a", "x=1,2", "a", "x=1;y=2")]
    [InlineData("ab", "", "a", "x=b")]
    [InlineData("a", "", "b", "")]
    public async Task What_differs_in_content_or_in_a_header_is_not_the_same(string leftContent, string leftHeaders, string rightContent, string rightHeaders)
    {
        var flights = Make();
        var left = Join(flights, leftContent, leftHeaders);
        var right = Join(flights, rightContent, rightHeaders);
        Assert.Equal(2, begun.Count);
        begun[0].Land("left");
        begun[1].Land("right");
        Assert.Equal(("left", "right"), ((await left).Text, (await right).Text));
    }

    [Fact]
    public void Headers_that_do_not_go_along_make_no_difference()
    {
        var flights = Make();
        _ = Join(flights, "a", "x=1;other=1");
        _ = Join(flights, "a", "x=1;other=2");
        Assert.Single(begun);
    }

    [Fact]
    public async Task The_first_one_that_leaves_takes_nothing_from_the_others()
    {
        var flights = Make();
        using var patience = new CancellationTokenSource();
        var first = Join(flights, "a", patience: patience.Token);
        var second = Join(flights, "a");
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(begun[0].Abandoned.IsCancellationRequested);
        var third = Join(flights, "a");
        begun[0].Land("one");
        Assert.Equal(("one", "one"), ((await second).Text, (await third).Text));
        Assert.Equal(2, begun[0].Owners);
    }

    [Fact]
    public async Task The_last_one_that_leaves_ends_the_work_and_the_next_one_starts_anew()
    {
        var flights = Make();
        using var patience = new CancellationTokenSource();
        var first = Join(flights, "a", patience: patience.Token);
        var second = Join(flights, "a", patience: patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.True(begun[0].Abandoned.IsCancellationRequested);
        var third = Join(flights, "a");
        begun[1].Land("two");
        begun[0].Land("one");
        Assert.Equal("two", (await third).Text);
        await begun[0].Gone;
        Assert.Equal((0, 1), (begun[0].Owners, begun[1].Owners));
    }

    [Fact]
    public async Task A_fault_is_thrown_to_all()
    {
        var flights = Make();
        var first = Join(flights, "a");
        var second = Join(flights, "a");
        begun[0].Fail(new InvalidOperationException("no"));
        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(() => first)).Message);
        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(() => second)).Message);
        var third = Join(flights, "a");
        begun[1].Land("two");
        Assert.Equal("two", (await third).Text);
    }

    [Fact]
    public async Task Nobody_joins_what_began_before_a_mutation_ended()
    {
        var flights = Make();
        var before = Join(flights, "a");
        mutations.End();
        var after = Join(flights, "a");
        var withIt = Join(flights, "a");
        Assert.Equal(2, begun.Count);
        begun[0].Land("old");
        begun[1].Land("new");
        Assert.Equal(("old", "new", "new"), ((await before).Text, (await after).Text, (await withIt).Text));
    }

    [Fact]
    public async Task What_is_the_first_ones_alone_makes_the_others_start_anew()
    {
        var flights = Make(isForAll: work => work.Text != "out of time");
        var first = Join(flights, "a");
        var second = Join(flights, "a");
        var third = Join(flights, "a");
        begun[0].Land("out of time");
        Assert.Equal("out of time", (await first).Text);
        await Work.BegunAsync(begun, 2);
        begun[1].Land("two");
        Assert.Equal(("two", "two"), ((await second).Text, (await third).Text));
        Assert.Equal((1, 2), (begun[0].Owners, begun.Count));
    }

    private Flights<Work> Make(Func<Work, bool>? isForAll = null) =>
        new(mutations, work => work.Share(), isForAll ?? (_ => true), () => Interlocked.Increment(ref joined));

    private Task<Work> Join(Flights<Work> flights, string content, string headers = "", CancellationToken patience = default)
    {
        var given = new HeaderDictionary();
        foreach (var pair in headers.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')))
        {
            given[pair[0]] = pair[1].Split(',');
        }

        var key = FlightKey.Of(Encoding.UTF8.GetBytes(content), given, HeaderRules.Of(new SubgraphOptions { Headers = [new HeaderOptions { Propagate = [new("x"), new("y")] }] }, []));
        return flights.JoinAsync(
            key,
            (body, abandoned) =>
            {
                Assert.Equal(content, Encoding.UTF8.GetString(body.Span));
                var work = new Work { Abandoned = abandoned };
                lock (begun)
                {
                    begun.Add(work);
                }

                return new ValueTask<Work>(work.Done);
            },
            patience).AsTask();
    }

    private sealed class Work : IDisposable
    {
        private readonly TaskCompletionSource<Work> done = new();
        private readonly TaskCompletionSource gone = new();

        public CancellationToken Abandoned { get; init; }

        public string Text { get; private set; } = "";

        public int Owners { get; private set; } = 1;

        public Task<Work> Done => done.Task;

        /// <summary>Ends when the last owner has disposed it.</summary>
        public Task Gone => gone.Task;

        public static async Task BegunAsync(List<Work> begun, int count)
        {
            while (true)
            {
                lock (begun)
                {
                    if (begun.Count >= count)
                    {
                        return;
                    }
                }

                await Task.Yield();
            }
        }

        public void Land(string text)
        {
            Text = text;
            done.SetResult(this);
        }

        public void Fail(Exception exception) => done.SetException(exception);

        public Work Share()
        {
            Owners++;
            return this;
        }

        public void Dispose()
        {
            if (--Owners == 0)
            {
                gone.SetResult();
            }
        }
    }
}
