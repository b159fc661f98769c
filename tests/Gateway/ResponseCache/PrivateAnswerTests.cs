using GraphGateway.Gateway.Tests.Authentication;
using GraphGateway.Gateway.Tests.Identity;
using Xunit;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>Two clients side by side, of whom each may get an answer that is the other's never.</summary>
public sealed class PrivateAnswerTests : IDisposable
{
    private readonly IdentityKeyFile key = new();

    public void Dispose() => key.Dispose();

    // A source that is told who asks answers for that one alone, unless it says otherwise.
    [Theory]
    [InlineData("private, max-age=60", "Sign=On")]
    [InlineData("max-age=60", "Sign=On")]
    [InlineData("max-age=60", "Forward=On")]
    [InlineData("max-age=60", "Claims:X-User-Id=sub")]
    [InlineData("private, max-age=60", "Sign=Off")]
    [InlineData("max-age=60, stale-while-revalidate=60", "Sign=On")]
    public async Task An_answer_for_one_is_given_to_that_one_alone(string cacheControl, string identity)
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var test = await CachedSource.StartAsync(cacheControl, [.. IdentityAttackTests.Issuer(issuer), $"--Gateway:Identity:KeyFiles={key.File}", $"--Gateway:Identity:{identity}"]);
        var (ada, bob) = (Shows(issuer, test, "ada"), Shows(issuer, test, "bob"));
        Assert.Contains(""" {"data":{"hello":"1"}} | max-age=60, private""", Sorted(await test.AskAsync("{ hello }", ada)), StringComparison.Ordinal);
        Assert.Contains(""" {"data":{"hello":"2"}} | max-age=60, private""", Sorted(await test.AskAsync("{ hello }", bob)), StringComparison.Ordinal);
        Assert.Contains("\"3\"", await test.AskAsync("{ hello }"), StringComparison.Ordinal);
        Assert.Contains(""" {"data":{"hello":"1"}} | max-age=60, private""", Sorted(await test.AskAsync("{ hello }", ada)), StringComparison.Ordinal);
        Assert.Contains(""" {"data":{"hello":"2"}} | max-age=60, private""", Sorted(await test.AskAsync("{ hello }", bob)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public, max-age=60")]
    [InlineData("s-maxage=60")]
    public async Task What_its_source_calls_public_is_given_to_all_and_each_may_keep_it_for_itself(string cacheControl)
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var test = await CachedSource.StartAsync(cacheControl, [.. IdentityAttackTests.Issuer(issuer), $"--Gateway:Identity:KeyFiles={key.File}", "--Gateway:Identity:Sign=On"]);
        Assert.Contains(""" {"data":{"hello":"1"}} | max-age=60, private""", Sorted(await test.AskAsync("{ hello }", Shows(issuer, test, "ada"))), StringComparison.Ordinal);
        Assert.Contains(""" {"data":{"hello":"1"}} | max-age=60, private""", Sorted(await test.AskAsync("{ hello }", Shows(issuer, test, "bob"))), StringComparison.Ordinal);
        Assert.Contains(""" {"data":{"hello":"1"}} | public, max-age=60""", await test.AskAsync("{ hello }"), StringComparison.Ordinal);
    }

    // What was for all goes as soon as its source has said otherwise, and not only at the end of the time for which it could have been given.
    [Fact]
    public async Task What_was_for_all_and_is_private_now_is_given_to_nobody_any_longer()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var test = await CachedSource.StartAsync(
            "public, max-age=10, stale-while-revalidate=3600", [.. IdentityAttackTests.Issuer(issuer), $"--Gateway:Identity:KeyFiles={key.File}", "--Gateway:Identity:Sign=On"]);
        var (ada, bob) = (Shows(issuer, test, "ada"), Shows(issuer, test, "bob"));
        await test.AskAsync("{ hello }", ada);
        test.Clock.Advance(TimeSpan.FromSeconds(15));
        test.CacheControl = "private, max-age=600";
        Assert.Contains(""" {"data":{"hello":"1"}} """, await test.AskAsync("{ hello }", ada), StringComparison.Ordinal);
        var answer = "stale;";
        for (var i = 0; i < 1_000 && answer.Contains("stale;", StringComparison.Ordinal); i++)
        {
            answer = await test.AskAsync("{ hello }", ada);
        }

        Assert.Contains(""" {"data":{"hello":"2"}} | max-age=600, private""", Sorted(answer), StringComparison.Ordinal);
        Assert.Contains(""" {"data":{"hello":"3"}} | max-age=600, private""", Sorted(await test.AskAsync("{ hello }", bob)), StringComparison.Ordinal);
    }

    // One for all that is old, and one's own that is not: the source has changed its mind twice.
    [Fact]
    public async Task Ones_own_answer_that_is_fresh_comes_before_an_old_one_for_all()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var test = await CachedSource.StartAsync("private, max-age=600", [.. IdentityAttackTests.Issuer(issuer), $"--Gateway:Identity:KeyFiles={key.File}", "--Gateway:Identity:Sign=On"]);
        var (ada, bob) = (Shows(issuer, test, "ada"), Shows(issuer, test, "bob"));
        await test.AskAsync("{ hello }", ada);
        test.CacheControl = "public, max-age=10, stale-while-revalidate=3600";
        Assert.Contains(""" {"data":{"hello":"2"}} """, await test.AskAsync("{ hello }", bob), StringComparison.Ordinal);
        Assert.Contains(""" {"data":{"hello":"2"}} """, await test.AskAsync("{ hello }", ada), StringComparison.Ordinal);
        test.Clock.Advance(TimeSpan.FromSeconds(15));
        test.CacheControl = "private, max-age=600";
        Assert.EndsWith(" | hit; age=15; ttl=585; private", await test.AskAsync("{ hello }", ada), StringComparison.Ordinal);
        Assert.EndsWith(" | stale; age=15; ttl=-5", await test.AskAsync("{ hello }", bob), StringComparison.Ordinal);
    }

    // The last answer was for all, so all wait for the next one; and that turns out to be for the one who came first.
    [Fact]
    public async Task Who_has_waited_for_what_is_anothers_now_gets_his_own()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var test = await CachedSource.StartAsync("public, max-age=60", [.. IdentityAttackTests.Issuer(issuer), $"--Gateway:Identity:KeyFiles={key.File}", "--Gateway:Identity:Sign=On"]);
        var (ada, bob) = (Shows(issuer, test, "ada"), Shows(issuer, test, "bob"));
        await test.AskAsync("{ __typename }", ada);
        await test.AskAsync("{ __typename }", bob);
        var joined = 0;
        for (var i = 1; i <= 50 && joined == 0; i++)
        {
            (test.CacheControl, test.Gate) = ("public, max-age=60", Task.CompletedTask);
            test.Clock.Advance(TimeSpan.FromSeconds(61));
            await test.AskAsync("{ hello }", ada);
            test.Clock.Advance(TimeSpan.FromSeconds(61));
            var gate = new TaskCompletionSource();
            (test.CacheControl, test.Gate) = ("private, max-age=60", gate.Task);
            var asked = test.Source.Requests.Count;
            var first = test.AskAsync("{ hello }", ada);
            while (test.Source.Requests.Count == asked)
            {
                await Task.Yield();
            }

            var others = new[] { test.AskAsync("{ hello }", bob), test.AskAsync("{ hello }", ada) };
            await test.AskAsync("{ __typename }", ada);
            gate.SetResult();
            var answers = await Task.WhenAll([first, .. others]);
            Assert.NotEqual(answers[0].Split('|')[0], answers[1].Split('|')[0]);
            joined += answers[2].Contains("joined", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.Equal(1, joined);
    }

    // A credential is one whatever it is called on the way to the source (RFC 9111, 3.5), and so is what the source takes for one.
    [Theory]
    [InlineData("Authorization", "X-Renamed", "max-age=60", "max-age=60, private")]
    [InlineData("Cookie", "X-Renamed", "max-age=60", "max-age=60, private")]
    [InlineData("X-Session", "Cookie", "max-age=60", "max-age=60, private")]
    [InlineData("Authorization", "X-Renamed", "public, max-age=60", "public, max-age=60")]
    [InlineData("X-Session", "X-Renamed", "max-age=60", "public, max-age=60")]
    public async Task A_credential_that_goes_under_another_name_is_one(string name, string sentAs, string cacheControl, string expected)
    {
        await using var test = await CachedSource.StartAsync(cacheControl, $"--Gateway:Subgraphs:All:Headers:Propagate:0:Name={name}", $"--Gateway:Subgraphs:All:Headers:Propagate:0:As={sentAs}");
        Assert.Contains($$$""" {"data":{"hello":"1"}} | {{{expected}}} |""", Sorted(await test.AskAsync("{ hello }", (name, "a=b"))), StringComparison.Ordinal);
        Assert.Contains(""" {"data":{"hello":"2"}} | public, max-age=60 |""", await test.AskAsync("{ hello }"), StringComparison.Ordinal);
    }

    // Nobody waits for an answer that is another's.
    [Fact]
    public async Task Those_who_ask_at_the_same_time_get_their_own()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var test = await CachedSource.StartAsync("max-age=60", [.. IdentityAttackTests.Issuer(issuer), $"--Gateway:Identity:KeyFiles={key.File}", "--Gateway:Identity:Sign=On"]);
        string[] names = ["ada", "bob", "eve", "dan"];
        var shown = names.Select(name => Shows(issuer, test, name)).ToArray();
        foreach (var one in shown)
        {
            // From then on the token is remembered: two at the same time that are seen for the first time are two clients.
            await test.AskAsync("{ __typename }", one);
        }

        var gate = new TaskCompletionSource();
        test.Gate = gate.Task;
        var asking = Enumerable.Range(0, 40).Select(i => test.AskAsync("{ hello }", shown[i % names.Length])).ToArray();
        gate.SetResult();
        var answers = (await Task.WhenAll(asking)).Select(answer => answer.Split('|')[0]).ToArray();
        var each = Enumerable.Range(0, names.Length).Select(who => answers.Where((_, i) => i % names.Length == who).Distinct().ToArray()).ToArray();
        Assert.All(each, own => Assert.Single(own));
        Assert.Equal(names.Length, each.Select(own => own[0]).Distinct().Count());
        Assert.Equal(names.Length, test.Source.Requests.Count);
    }

    private static (string, string) Shows(FakeIssuer issuer, CachedSource test, string name) =>
        ("Authorization", $"Bearer {issuer.Token(test.Clock.GetUtcNow(), payload: $$"""{"sub":"{{name}}"}""")}");

    // The client library writes the directives in an order of its own.
    private static string Sorted(string answer) => answer.Replace("private, max-age=60", "max-age=60, private", StringComparison.Ordinal);
}
