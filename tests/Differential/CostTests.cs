using System.Globalization;
using GraphGateway.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.Differential;

/// <summary>
/// Random worlds that say what their members cost and how long their lists are, with data that respect it: what an answer comes to is never more than
/// what was estimated, so that a limit and a reserve hold.
/// </summary>
public sealed class CostTests(ITestOutputHelper output)
{
    private const int RequestsAWorld = 12;

    // In the world of one in twenty requests at least.
    private static readonly string[] WorldsMustHave =
    [
        "a negative weight", "the weight of an argument", "the weight of a field of an input", "the weight of a field", "the weight of a leaf type",
        "the weight of an object type", "sized fields", "assumed size", "slicing arguments", "apollo sources", "composite sources", "mixed sources",
    ];

    // In one of twenty requests at least.
    private static readonly string[] RequestsMustHave =
    [
        "fragment on an abstract type", "alias", "condition with a variable", "variable", "variable inside an input object",
    ];

    [Fact]
    public async Task An_answer_never_comes_to_more_than_was_estimated()
    {
        var counts = new FeatureCounts();
        var total = Nightly.Cases(800, 20_000);
        var (done, exact, twice, invalid, refused) = (0, 0, 0, 0, 0);
        var share = 0d;
        var shares = new Shares(counts, [.. WorldsMustHave, .. RequestsMustHave], oneIn: 20);
        for (var seed = Seed.Value; done < total; seed++)
        {
            var world = WorldGenerator.Generate(seed);
            new CostMarks(world, new Dice(seed)).Run();
            if (shares.PassesOver(done, world.Features, RequestsMustHave.Contains))
            {
                continue;
            }

            var (federation, problems) = Federation.Compose(world);
            if (federation is null)
            {
                refused++;
                Assert.True(refused < 20 + done, $"Too many worlds do not compose; seed {seed}:\n{string.Join('\n', problems.Select(problem => problem.Message))}\n{world}");
                continue;
            }

            var asked = new FeatureCounts();
            var generator = new QueryGenerator(federation.Schema, new Dice(seed), asked);
            var requests = Enumerable.Range(0, RequestsAWorld).Select(_ => generator.Next()).ToList();
            if (shares.PassesOver(done, world.Features.Concat(asked.Features)))
            {
                continue;
            }

            counts.Add(asked);
            foreach (var (i, request) in requests.Index())
            {
                var trial = new CostTrial(world, federation, request);
                var outcome = await trial.RunAsync();
                Assert.False(outcome.IsMismatch, outcome.IsMismatch ? await ReportAsync(world, seed, i, request, outcome) : "");
                invalid += outcome.Kind == Outcome.Invalid ? 1 : 0;
                exact += trial.IsExact ? 1 : 0;
                twice += trial.IsCountedTwice ? 1 : 0;
                share += trial.Share;
                world.Features.ToList().ForEach(feature => counts.Add(feature));
                done++;
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done} requests, {exact} exact, {twice} counted over their texts, {share / done:P0} of the estimate on average, {invalid} invalid, {refused} worlds refused\n{counts}"));
        Assert.True(invalid * 50 < done, $"{invalid} of {done} requests were not valid");
        Assert.True(exact * 20 > done, $"Only {exact} of {done} requests had to cost exactly what was estimated");
        Assert.True(twice * 4 > done, $"Only {twice} of {done} requests were counted over their texts");
        Assert.Equal("", shares.Missing(done));
    }

    private static async Task<string> ReportAsync(World world, int seed, int index, ClientRequest request, Outcome outcome)
    {
        var small = await new Shrinker(world, outcome.Kind, (federation, smaller) => new CostTrial(world, federation, smaller).RunAsync()).ShrinkAsync(request);
        var again = await new CostTrial(world, Federation.Compose(world).Federation!, small).RunAsync();
        return $"{Seed.Variable}={seed}, request {index}: {outcome.Kind}\n{small.Query}\n{small.Variables}\n{again.Detail}\n{world}";
    }
}
