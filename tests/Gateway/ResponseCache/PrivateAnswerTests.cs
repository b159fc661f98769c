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
