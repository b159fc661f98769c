using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GraphGateway.Composition;
using GraphGateway.Interop.Composition;
using GraphGateway.Interop.Planning;
using GraphGateway.Language;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem.Supergraphs;
using GraphGateway.Validation;
using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.Interop.Supergraphs;

/// <summary>
/// What we compose of generated sources of Federation 1 and 2 runs in npm's @apollo/gateway: over the same services it answers random
/// operations with our supergraph as it does with Apollo's own, and as our planner and executor do with ours and with Apollo's. A failure
/// prints its seed and the smallest operation. <c>GRAPHGATEWAY_TEST_NIGHTLY=1</c> runs many more.
/// </summary>
public sealed partial class GeneratedPeerTests(ITestOutputHelper output)
{
    private const int OperationsPerGraph = 4;

    private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly List<string> failures = [];

    [InteropFact]
    public void Generated_graphs_run_in_a_peer_gateway_as_they_do_here()
    {
        using var peer = new PeerGateway();
        var graphs = Nightly.Cases(usual: 80, nightly: 3000);
        for (var i = 0; i < graphs && failures.Count < 5; i++)
        {
            var random = new Random(Seed.Value + i);
            (string Name, string Sdl)[] services = i % 2 == 0
                ? [.. new PlanningWorld(random, new Random(~(Seed.Value + i))).Next()]
                : [.. new SetGenerator(random).Make().ToSet("").Sources];
            Check(peer, services, random, $"{Seed.Variable}={Seed.Value + i} {(i % 2 == 0 ? "spread entities" : "versions 1 and 2")}");
        }

        var said = string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"));
        output.WriteLine(said);
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
        Assert.True(counts["graphs"] > graphs / 2, said);
        Assert.True(counts["graphs with a source of version 1"] > graphs / 80, said);
        Assert.True(counts["operations"] > graphs * OperationsPerGraph / 3, said);
        Assert.True(counts["several services asked"] > counts["operations"] / 3 && counts["mutations"] > 0, said);
    }

    private void Check(PeerGateway peer, (string Name, string Sdl)[] services, Random random, string name)
    {
        var (theirs, problems) = peer.Start(services);
        if (problems == PeerGateway.ThrownAtRefusal)
        {
            Count("sets at whose refusal the peer throws");
            Assert.Contains(PeerGateway.Compose(services).Problems, problem => problem.Code is ProblemCode.ProvidesInvalidFields or ProblemCode.ProvidesFieldsHasArgs);
        }

        if (theirs is null || PeerGateway.Compose(services).Supergraph is not { } supergraph)
        {
            Count("sets that are refused");
            return;
        }

        var written = ApolloSupergraphWriter.Write(supergraph);
        Assert.Empty(written.Obstacles);
        PeerGateway.AssertReadBack(supergraph, written.Text!);
        // Its gateway knows neither contexts nor cache tags nor who may see what: only the router does.
        if (IsForTheRouter(written.Text!))
        {
            Count("graphs that only Apollo's router runs");
            return;
        }

        var read = SupergraphReader.Read(new SourceText(theirs, "theirs")).Supergraph!;
        Count("graphs");
        if (services.Any(service => !service.Sdl.Contains("specs.apollo.dev/federation", StringComparison.Ordinal)))
        {
            Count("graphs with a source of version 1");
        }

        var operations = new PlanningOperations(supergraph.PublicSchema, random);
        for (var i = 0; i < OperationsPerGraph; i++)
        {
            var operation = operations.Next();
            if (Differs(operation) is not { } difference)
            {
                continue;
            }

            foreach (var selection in operation.Selections.Reverse().ToList())
            {
                selection.IsThere = false;
                selection.IsThere = Differs(operation) is null;
            }

            difference = Differs(operation) ?? difference;
            failures.Add($"{name}: {operation.Document()}\n{difference}\n{string.Concat(services.Select(service => $"# source {service.Name}\n{service.Sdl}\n"))}");
        }

        string? Differs(RandomOperation operation)
        {
            var query = operation.Document();
            if (Validator.Validate(supergraph.PublicSchema, Parser.ParseDocument(new SourceText(query)).Value!).Document is null)
            {
                // Fields that are in conflict.
                return null;
            }

            // There the peer answers with an empty object, whoever composed.
            if (TypenameInFragment().IsMatch(query) && services.Any(service => InterfaceObject().IsMatch(service.Sdl)))
            {
                Count("operations that the peer answers wrong");
                return null;
            }

            if (peer.Ask(theirs, query) is not { } expected)
            {
                Count("operations at which the peer throws");
                return null;
            }

            var withOurs = peer.Ask(written.Text!, query);
            var ours = peer.AskUs(supergraph, query);
            var oursWithTheirs = peer.AskUs(read, query);
            Count("operations");
            Count(operation.Kind == "mutation" ? "mutations" : "queries");
            Count(expected.Asked.Contains(',', StringComparison.Ordinal) ? "several services asked" : "one service asked");
            return withOurs is not null && IsSame(expected, withOurs) && expected.Asked == withOurs.Asked && IsSame(expected, ours) && IsSame(ours, oursWithTheirs)
                ? null
                : $"the peer with Apollo's supergraph: {expected}\nwith ours: {withOurs}\nwe with ours: {ours}\nwith Apollo's: {oursWithTheirs}";
        }
    }

    // The peer brings the keys of an object in another order where fragments are between them; messages are each gateway's own.
    private static bool IsSame(PeerGateway.Answer one, PeerGateway.Answer other) =>
        JsonNode.DeepEquals(JsonNode.Parse(one.Data), JsonNode.Parse(other.Data)) && one.Errors == "[]" == (other.Errors == "[]");

    private static bool IsForTheRouter(string supergraph) =>
        new[] { "context", "cacheTag", "authenticated", "requiresScopes", "policy" }
            .Any(feature => supergraph.Contains($"https://specs.apollo.dev/{feature}/", StringComparison.Ordinal));

    [GeneratedRegex(@"\.\.\. on \w+ \{[^{}]*__typename")]
    private static partial Regex TypenameInFragment();

    [GeneratedRegex(@"type \w+[^{]*@(federation__)?interfaceObject\b")]
    private static partial Regex InterfaceObject();

    private void Count(string what) => counts[what] = counts.GetValueOrDefault(what) + 1;
}
