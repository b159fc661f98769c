using System.Text.Json.Nodes;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;
using GraphGateway.Validation;

namespace GraphGateway.Interop.Planning;

/// <summary>What a plan costs: how many fetches follow each other at most, then how many requests are sent. Less is better, in this order.</summary>
internal readonly record struct PlanSize(int Depth, int Requests) : IComparable<PlanSize>
{
    public int CompareTo(PlanSize other) => (Depth, Requests).CompareTo((other.Depth, other.Requests));

    public override string ToString() => $"depth {Depth}, {Requests} requests";
}

/// <summary>One of the planners from npm, and how its plans for operations are compared with ours.</summary>
/// <param name="name">Its package.</param>
internal sealed class PlannerReference(string name) : IDisposable
{
    // Beyond that a planner is given up for an operation: some take minutes.
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(5);

    private NodeReference node = NodeReference.Start("planning");
    private string? loaded;

    /// <summary>The package.</summary>
    internal string Name => name;

    /// <summary>Its version.</summary>
    internal string Version => node.Ask("versionOfReference", Parameters())!.GetValue<string>();

    /// <summary>Both.</summary>
    internal static PlannerReference[] All() => [new("@apollo/query-planner"), new("@graphql-hive/router-query-planner")];

    public void Dispose() => node.Dispose();

    /// <summary>Takes a graph for the operations that follow; false where the planner refuses it.</summary>
    internal bool TryLoad(Supergraph supergraph)
    {
        loaded = ApolloSupergraphWriter.Write(supergraph).Text!;
        return TryAsk("load", ("supergraph", loaded)) is (true, _);
    }

    /// <summary>True where what it was asked last took it too long.</summary>
    internal bool IsGivenUp { get; private set; }

    /// <summary>What its plan costs; null where it fails or is given up.</summary>
    internal PlanSize? Measure(string query) =>
        TryAsk("measure", ("query", query)) is (true, { } size) ? new PlanSize((int)size["depth"]!, (int)size["requests"]!) : null;

    /// <summary>Its plan, for people.</summary>
    internal string Print(string query) => TryAsk("print", ("query", query)) is (true, { } text) ? text.GetValue<string>() : "none";

    // A planner that fails may take its process with it, and one that takes too long is ended with it: then there is a new one, with the same graph.
    private (bool IsDone, JsonNode? Answer) TryAsk(string method, params (string Name, string Value)[] values)
    {
        IsGivenUp = false;
        try
        {
            return (true, node.Ask(method, Parameters(values), method == "load" ? null : LongEnough));
        }
        catch (Exception failure) when (failure is InvalidOperationException or TimeoutException)
        {
            IsGivenUp = failure is TimeoutException;
            if (node.HasEnded)
            {
                node.Dispose();
                node = NodeReference.Start("planning");
                if (method != "load")
                {
                    node.Ask("load", Parameters(("supergraph", loaded!)));
                }
            }

            return (false, null);
        }
    }

    private JsonObject Parameters(params (string Name, string Value)[] values) =>
        new([new("planner", name), .. values.Select(value => KeyValuePair.Create(value.Name, (JsonNode?)value.Value))]);

    /// <summary>Our plan; null for an operation that is not valid.</summary>
    internal static QueryPlan? Plan(Supergraph supergraph, string query)
    {
        var document = Parser.ParseDocument(new SourceText(query)).Value!;
        return Validator.Validate(supergraph.PublicSchema, document).Document is { } valid
            ? QueryPlanner.Plan(supergraph, Normalizer.Normalize(valid.SelectOperation(null).Operation!, ConditionValues.None).Operation!)
            : null;
    }

    /// <summary>What our plan costs.</summary>
    internal static PlanSize SizeOf(QueryPlan plan)
    {
        var estimate = PlanEstimate.Of(plan);
        return new PlanSize(estimate.Depth, estimate.Requests);
    }
}
