using System.Globalization;
using GraphGateway.Planning;
using GraphGateway.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.Differential;

/// <summary>
/// Random worlds and requests: what many sources answer together is what one server with all the data answers, byte for byte in
/// <c>data</c>, in whatever order their answers come; with faults the same nulls go up. <c>GRAPHGATEWAY_TEST_NIGHTLY=1</c> runs ten times as many.
/// </summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const int RequestsAWorld = 12;
    private const string WorldPrefix = "world: ";

    // Features of the request, of its plan, and of the world it is asked in: each in one of fifty requests at least.
    private static readonly string[] MustOccur =
    [
        "__typename", "alias", "alias named like another field", "condition", "condition with a variable", "fragment on an abstract type",
        "fragment on an object type", "mutation", "named fragment", "variable", "plan: Lookup", "plan: Representations", "plan: several fetches",
        "plan: steps in one request", "plan: contexts", "plan: global ids", "plan: query below a mutation",
        "world: a source with a narrower type", "world: a union that differs by source", "world: abstract lookup",
        "world: an interface that differs by source", "world: apollo sources", "world: composite sources", "world: compound key",
        "world: context", "world: context from another source", "world: context of an interface", "world: context with type conditions",
        "world: inaccessible field", "world: interface object", "world: interface object with a requirement", "world: lookup by an input object",
        "world: lookup with alternatives", "world: mixed sources", "world: nested key", "world: nested lookup", "world: node(id:)",
        "world: nodes(ids:) of several sources", "world: override", "world: override with a label", "world: provides", "world: provides on an abstract type", "world: public lookup",
        "world: query below a mutation",
        "world: require", "world: requirement as an input object", "world: requirement of a requirement", "world: requirement through a link",
        "world: requirement through a list", "world: requirement with arguments", "world: requires", "world: single key",
        "world: value type split over sources", "world: a narrowed field of an interface", "world: a link to an interface object",
        "world: requirement below an interface", "world: requirement with alternatives by type", "world: a requirement of two fields",
        "world: a requirement beside an argument of the client", "world: an entity that is made of a requirement", "world: an interface of an interface",
        "world: provides below a provided field",
        "variable inside a list", "variable inside an input object", "@skip with @include", "introspection beside data",
        "world: requirement three levels deep", "world: requirement with fragments", "world: requirement with type conditions",
        "world: requirement of a list of objects", "world: requirement of an object", "world: requirement through an inaccessible type",
        "world: several interface objects", "world: interface object with another key", "world: key three levels deep", "world: key with an enum",
        "world: lookup with three alternatives", "world: lookup with a compound key among alternatives", "world: abstract lookup of another interface",
        "world: abstract lookup of a union", "world: abstract lookup with keys by type", "world: a source of Federation 1",
        "world: an extended type of Federation 1", "world: a chain of overrides", "world: provides of several fields", "world: context of a union",
        "world: context together with a requirement", "world: an enum that differs by source", "world: an enum of inputs that differs by source",
        "world: an input that differs by source", "world: an argument that one source has alone", "world: inaccessible enum value",
        "world: inaccessible input field", "world: inaccessible argument", "world: an interface of value types", "world: an interface field with an argument",
        "world: inaccessible argument with a default", "world: inaccessible member of a union", "world: inaccessible type behind an interface", "world: key of a list",
        "world: key through a list of objects", "world: inaccessible enum type", "world: inaccessible input type", "world: inaccessible union", "world: inaccessible interface",
        "subscription", "__typename of the root", "__typename of an interface", "__typename of a union", "__typename of an object", "node(id:) or nodes(ids:)",
        "world: several keys", "world: a root field of several sources", "world: a value type of several sources", "world: override with a percentage",
        "world: override with a team's label", "plan: a key by way of another source", "run: variables in a list", "run: requests in a list", "run: aliases",
        "run: representations in a list", "world: a key that can be null", "plan: keys in turn", "plan: lookups in turn",
    ];

    private readonly FeatureCounts counts = new();

    [Fact]
    public async Task A_federation_answers_as_one_server_with_all_the_data_does()
    {
        var total = Environment.GetEnvironmentVariable("GRAPHGATEWAY_TEST_NIGHTLY") == "1" ? 10_000 : 1_000;
        var done = 0;
        var invalid = 0;
        var refused = 0;
        var shares = new Shares(counts, MustOccur, oneIn: 50);
        for (var seed = Seed.Value; done < total; seed++)
        {
            var world = WorldGenerator.Generate(seed, hasNullKeys: true);
            if (shares.PassesOver(done, FeaturesOf(world), feature => !feature.StartsWith(WorldPrefix, StringComparison.Ordinal)))
            {
                continue;
            }

            var (federation, problems) = Federation.Compose(world);
            if (federation is null)
            {
                refused++;
                foreach (var code in problems.Select(problem => problem.Code).Distinct())
                {
                    counts.Add($"~ world refused by composition: {code}");
                }

                Assert.True(refused < 20 + done, $"Too many worlds do not compose; seed {seed}:\n{string.Join('\n', problems.Select(problem => problem.Message))}\n{world}");
                continue;
            }

            var asked = new FeatureCounts();
            var generator = new QueryGenerator(federation.Schema, new Dice(seed), asked, hasEvents: true);
            var requests = Enumerable.Range(0, RequestsAWorld).Select(_ => generator.Next()).ToList();
            if (shares.PassesOver(done, FeaturesOf(world).Concat(asked.Features).Concat(requests.SelectMany(request => Expected(federation, request)))))
            {
                continue;
            }

            counts.Add(asked);
            foreach (var (i, request) in requests.Index())
            {
                var outcome = await new Trial(world, federation, request).RunAsync();
                invalid += outcome.Kind == Outcome.Invalid ? 1 : 0;
                Assert.False(outcome.IsMismatch, outcome.IsMismatch ? await ReportAsync(world, seed, i, request, outcome) : "");
                Count(world, outcome);
                done++;
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done} requests, {invalid} invalid, {refused} worlds refused\n{counts}"));
        Assert.True(invalid * 50 < done, $"{invalid} of {done} requests were not valid");
        Assert.True(counts["run: an answer overtook another"] * 10 > done, $"Answers came in another order than they were asked for in {counts["run: an answer overtook another"]} requests only");
        Assert.True(counts["run: entities taken over"] > 0, "No request took entities over from where they were already");
        Assert.Equal("", shares.Missing(done));
    }

    private static IEnumerable<string> Expected(Federation federation, ClientRequest request) =>
        federation.Plan(request).Plan is { } plan ? PlanFeatures.Of(plan).Concat(PlanFeatures.FormsOf(plan)) : [];

    private static async Task<string> ReportAsync(World world, int seed, int index, ClientRequest request, Outcome outcome)
    {
        var small = await new Shrinker(world, outcome.Kind, (small, smaller) => new Trial(world, small, smaller).RunAsync()).ShrinkAsync(request);
        var (federation, _) = Federation.Compose(world);
        var again = await new Trial(world, federation!, small).RunAsync();
        return $"""
            seed {seed}, request {index}: {outcome.Kind}
            {small.Query}
            {small.Variables}
            {again.Detail}
            {(again.Plan is null ? "" : PlanPrinter.Print(again.Plan))}
            active labels: {string.Join(' ', world.ActiveLabels)}
            {world}
            """;
    }

    private static IEnumerable<string> FeaturesOf(World world) => world.Features.Select(feature => WorldPrefix + feature);

    private void Count(World world, Outcome outcome)
    {
        foreach (var feature in FeaturesOf(world))
        {
            counts.Add(feature);
        }

        if (outcome.Plan is not { } plan)
        {
            return;
        }

        counts.Add("run: entities taken over", outcome.HasReused ? 1 : 0);
        counts.Add("run: an object without a key", outcome.HasNoKeys ? 1 : 0);
        counts.Add("run: an answer overtook another", outcome.Overtaken > 0 ? 1 : 0);
        foreach (var feature in PlanFeatures.Of(plan).Concat(outcome.Forms.Select(form => "run: " + form)))
        {
            counts.Add(feature);
        }
    }
}
