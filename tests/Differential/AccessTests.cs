using System.Globalization;
using GraphGateway.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.Differential;

/// <summary>
/// Random worlds that say who may see what, and callers who may see some of it: they get what one server with all the data gives where the rules of
/// docs/authorization.md withhold the rest, and no source is asked for what they may not see.
/// </summary>
public sealed class AccessTests(ITestOutputHelper output)
{
    private const int RequestsAWorld = 12;

    // In the world of one in two hundred requests at least.
    private static readonly string[] WorldsMustHave =
    [
        "protected type", "protected field", "protected interface", "protected field of an interface", "protected field of an interface object",
        "protected leaf type", "protected member of a union", "protected by what it is made of", "apollo sources", "composite sources", "mixed sources",
        "require", "requires", "context", "interface object", "node(id:)", "nodes(ids:) of several sources",
    ];

    // In one of two hundred requests at least.
    private static readonly string[] RequestsMustHave =
    [
        "mutation", "something is withheld", "nothing is withheld", "a write is withheld", "an object is hidden", "an object of a list and not the next",
        "fragment on an abstract type", "fragment on an object type", "alias named like another field",
    ];

    [Fact]
    public async Task A_caller_gets_what_it_may_see_and_nothing_else()
    {
        var counts = new FeatureCounts();
        var total = Nightly.Cases(800, 20_000);
        var (done, invalid, refused) = (0, 0, 0);
        var shares = new Shares(counts, [.. WorldsMustHave, .. RequestsMustHave], oneIn: 200);
        for (var seed = Seed.Value; done < total; seed++)
        {
            var world = WorldGenerator.Generate(seed);
            var dice = new Dice(seed);
            new AccessMarks(world, dice).Run();
            if (shares.PassesOver(done, world.Features, RequestsMustHave.Contains))
            {
                continue;
            }

            var (federation, problems) = Federation.Compose(world);
            if (federation is null)
            {
                refused++;
                problems.Select(problem => problem.Code).Distinct().ToList().ForEach(code => counts.Add($"~ world refused by composition: {code}"));
                Assert.True(refused < 20 + done, $"Too many worlds do not compose; seed {seed}:\n{string.Join('\n', problems.Select(problem => problem.Message))}\n{world}");
                continue;
            }

            var found = new FeatureCounts();
            var generator = new QueryGenerator(federation.Schema, dice, found);
            for (var i = 0; i < RequestsAWorld; i++)
            {
                var request = generator.Next();
                var caller = AccessMarks.AnyCaller(dice);
                var trial = new AccessTrial(world, federation, caller, request);
                var outcome = await trial.RunAsync();
                Assert.False(outcome.IsMismatch, outcome.IsMismatch ? await ReportAsync(world, seed, i, caller, request, outcome) : "");
                invalid += outcome.Kind == Outcome.Invalid ? 1 : 0;
                Count(found, world, trial, request);
            }

            // What a caller meets the answers tell: a world that is passed over was looked at all the same.
            if (!shares.PassesOver(done, found.Features))
            {
                counts.Add(found);
                done += RequestsAWorld;
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done} requests, {invalid} invalid, {refused} worlds refused\n{counts}"));
        Assert.True(invalid * 50 < done, $"{invalid} of {done} requests were not valid");
        Assert.Equal("", shares.Missing(done));
    }

    private static void Count(FeatureCounts counts, World world, AccessTrial trial, ClientRequest request)
    {
        world.Features.ToList().ForEach(feature => counts.Add(feature));
        counts.Add(trial.Places.Count > 0 ? "something is withheld" : "nothing is withheld");
        counts.Add("an object is hidden", trial.HiddenObjects > 0 ? 1 : 0);
        counts.Add("an object of a list and not the next", trial.HasPartOfList ? 1 : 0);
        counts.Add("a write is withheld", request.Query.StartsWith("mutation", StringComparison.Ordinal) && trial.Places.Any(place => !place.Contains('/', StringComparison.Ordinal)) ? 1 : 0);
    }

    private static async Task<string> ReportAsync(World world, int seed, int index, Caller caller, ClientRequest request, Outcome outcome)
    {
        var small = await new Shrinker(world, outcome.Kind, (federation, smaller) => new AccessTrial(world, federation, caller, smaller).RunAsync()).ShrinkAsync(request);
        var again = await new AccessTrial(world, Federation.Compose(world).Federation!, caller, small).RunAsync();
        return $"{Seed.Variable}={seed}, request {index}: {outcome.Kind}\n{caller}\n{small.Query}\n{small.Variables}\n{again.Kind}\n{again.Detail}\nactive labels: {string.Join(' ', world.ActiveLabels)}\n{world}";
    }
}
