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
    private const string RunPrefix = "run: ";

    // What is told beside the features.
    private const char NoFeature = '~';

    // All that is counted: each in one of fifty requests at least.
    private static readonly string[] MustOccur =
    [
        // Of the request.
        "@skip with @include", "__typename", "__typename of a union", "__typename of an interface", "__typename of an object", "__typename of the root",
        "alias", "alias named like another field", "another field", "condition", "condition with a variable", "fragment on an abstract type",
        "fragment on an object type", "introspection beside data", "mutation", "named fragment", "node(id:) or nodes(ids:)",
        "something of each kind of object", "subscription", "the same once more, one link further", "variable", "variable inside a list",
        "variable inside an input object",
        // Of its plan.
        "plan: Lookup", "plan: Representations", "plan: Root", "plan: a compound key", "plan: a field of a label", "plan: a key by way of another source",
        "plan: a lookup with alternatives", "plan: a nested key", "plan: a nested lookup", "plan: a provided field", "plan: a requirement",
        "plan: a requirement of a requirement", "plan: a requirement with arguments", "plan: a root field of several sources", "plan: a single key",
        "plan: an abstract lookup", "plan: contexts", "plan: global ids", "plan: keys in turn", "plan: lookups in turn",
        "plan: objects by the name of their interface", "plan: one fetch", "plan: query below a mutation", "plan: several fetches", "plan: several writes",
        "plan: something that no client sees", "plan: steps in one request", "plan: types told by another source", "plan: writes in turn",
        // Of what happened while it ran.
        "run: a field failed", "run: a null took what is around it along", "run: a request failed", "run: aliases", "run: an answer overtook another",
        "run: an object without a key", "run: entities taken over", "run: one at a time", "run: representations in a list", "run: requests in a list",
        "run: variables in a list",
        // Of the world that it is asked in.
        "world: a chain of overrides", "world: a key that can be null", "world: a field of an interface object that leads to an inner interface", "world: a link to an interface object", "world: a narrowed field of an interface",
        "world: a requirement beside an argument of the client", "world: a requirement of two fields", "world: a requirement through an inner interface", "world: a requirement that takes no null in a list",
        "world: a root field of several sources", "world: a source of Federation 1", "world: a source with a narrower type",
        "world: a union that differs by source", "world: a value type of several sources", "world: abstract lookup", "world: abstract lookup of a union",
        "world: abstract lookup of another interface", "world: abstract lookup with keys by type", "world: an argument that one source has alone",
        "world: an entity that is made of a requirement", "world: an enum of inputs that differs by source", "world: an enum that differs by source",
        "world: an extended type of Federation 1", "world: an input that differs by source", "world: an interface field with an argument",
        "world: an interface object that requires something through an inner interface", "world: an interface object that requires what another one has",
        "world: an interface within one that sources have an object in place of",
        "world: an interface of an interface", "world: an interface of value types",
        "world: an interface that differs by source", "world: apollo sources", "world: composite sources", "world: compound key", "world: context",
        "world: context from another source", "world: context of a union", "world: context of an interface", "world: context together with a requirement",
        "world: context with type conditions", "world: inaccessible argument", "world: inaccessible argument with a default", "world: inaccessible enum type",
        "world: inaccessible enum value", "world: inaccessible field", "world: inaccessible input field", "world: inaccessible input type",
        "world: inaccessible interface", "world: inaccessible member of a union", "world: inaccessible type behind an interface", "world: inaccessible union",
        "world: interface object", "world: interface object with a requirement", "world: interface object with another key",
        "world: interface object whose home takes one of two keys",
        "world: interface object with one of two keys, or both", "world: interface objects of one source with a type in common", "world: key of a list",
        "world: key three levels deep", "world: key through a list of objects", "world: key with an enum", "world: lookup by an input object",
        "world: lookup with a compound key among alternatives", "world: lookup with alternatives", "world: lookup with three alternatives",
        "world: mixed sources", "world: nested key", "world: nested lookup", "world: node(id:)", "world: node(id:) of several sources",
        "world: nodes(ids:) of several sources", "world: override", "world: override with a label", "world: override with a percentage",
        "world: override with a team's label", "world: provides", "world: provides below a provided field", "world: provides of several fields",
        "world: provides on an abstract type", "world: public lookup", "world: query below a mutation", "world: require", "world: requirement",
        "world: requirement as an input object", "world: requirement below an interface", "world: requirement below an interface object",
        "world: requirement of a list of objects", "world: requirement of a requirement", "world: requirement of an object",
        "world: requirement three levels deep", "world: requirement through a link", "world: requirement through a list",
        "world: requirement through an inaccessible type", "world: requirement with alternatives by type", "world: requirement with arguments",
        "world: requirement with fragments", "world: requirement with type conditions", "world: requires", "world: several interface objects",
        "world: several keys", "world: single key", "world: subscription", "world: value type split over sources",
    ];

    private readonly FeatureCounts counts = new();

    [Fact]
    public async Task A_federation_answers_as_one_server_with_all_the_data_does()
    {
        var total = Environment.GetEnvironmentVariable("GRAPHGATEWAY_TEST_NIGHTLY") == "1" ? 10_000 : 1_000;
        var done = 0;
        var invalid = 0;
        var refused = 0;
        var shares = new Shares(counts, MustOccur, oneIn: 50, IsToldByTheRun);
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
                    counts.Add($"{NoFeature} world refused by composition: {code}");
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
        Assert.Equal("", shares.Missing(done));
        Assert.Equal("", string.Join('\n', counts.Features.Except(MustOccur).Where(feature => !feature.StartsWith(NoFeature)).Select(feature => $"{feature} is counted, and nothing sees to it that it occurs")));
    }

    private static bool IsToldByTheRun(string feature) => feature.StartsWith(RunPrefix, StringComparison.Ordinal) && !PlanFeatures.Forms.Contains(feature);

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

        foreach (var feature in PlanFeatures.Of(plan).Concat(outcome.Events.Select(happened => RunPrefix + happened)))
        {
            counts.Add(feature);
        }
    }
}
