using System.Collections.Immutable;
using GraphGateway.ControlPlane;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Cli;

/// <summary>What is wrong with an operation.</summary>
/// <param name="File">Where it was found; null where it is a store's.</param>
/// <param name="Client">Whose; null where it is for all clients, and where it is not published yet.</param>
/// <param name="Tags">The releases that have it; empty where it is not published yet.</param>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">The operations' names in it; null where there are none.</param>
/// <param name="Error">What is wrong.</param>
internal sealed record OperationProblem(string? File, string? Client, ImmutableArray<string> Tags, string Id, string? Name, GraphQLError Error)
{
    internal string Where => File ?? $"{Client ?? "all clients"}, {string.Join(", ", Tags)}";

    internal int? Line => Error.Locations is [var first, ..] ? first.Line : null;

    internal int? Column => Error.Locations is [var first, ..] ? first.Column : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Where}: {Id}{(Name is null ? "" : $" ({Name})")}{(Line is null ? "" : $" {Line}:{Column}")}: {Error.Message}";
}

/// <summary>What a graph makes of a store's operations.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Problems">Those that would break, with what is wrong with each.</param>
/// <param name="Costs">Those that would cost something else; null where nobody asked, and where it is not known what they cost now.</param>
internal sealed record StoreVerdict(int Count, ImmutableArray<OperationProblem> Problems, OperationCostChanges? Costs)
{
    internal int Broken => Problems.Select(problem => (problem.Client, problem.Id)).Distinct().Count();

    internal string Summary => (Problems.IsEmpty
        ? $"{Count} persisted operation{(Count == 1 ? "" : "s")}: all can be answered."
        : $"{Broken} of {Count} persisted operation{(Count == 1 ? "" : "s")} would break.") + Costs?.Summary;

    /// <summary>Holds all operations of a store against a graph.</summary>
    /// <param name="store">The store.</param>
    /// <param name="supergraph">The graph.</param>
    /// <param name="rules">What the gateway lets operations be.</param>
    /// <param name="ground">What they cost now; null where that is not asked.</param>
    /// <param name="cancellation">Ends it.</param>
    internal static async Task<StoreVerdict> OfAsync(OperationStore store, Supergraph supergraph, OperationRules rules, CostGround? ground, CancellationToken cancellation)
    {
        var operations = await store.ReadAsync(cancellation);
        var assessments = AssessAll(supergraph, rules, operations.Length, i => operations[i].Text);
        var intact = Array.ConvertAll([.. operations], operation => PublishedOperation.HashOf(operation.Text) == operation.Hash);
        var problems = ImmutableArray.CreateBuilder<OperationProblem>();
        for (var i = 0; i < operations.Length; i++)
        {
            var operation = operations[i];
            var errors = intact[i] ? assessments[i].Errors
                : [new GraphQLError { Message = "Its text is not what was published: the store is damaged. Retire its releases and publish them again." }];
            if (!errors.IsEmpty)
            {
                var tags = await store.TagsAsync(operation, cancellation);
                problems.AddRange(errors.Select(error => new OperationProblem(null, operation.Client, tags, operation.Id, NameOf(assessments[i]), error)));
            }
        }

        if (ground is null)
        {
            return new StoreVerdict(operations.Length, problems.ToImmutable(), null);
        }

        var before = new CostFigures?[operations.Length];
        Parallel.For(0, before.Length, i => before[i] = intact[i] ? ground.Before.Estimate(operations[i].Text) : null);
        return new StoreVerdict(operations.Length, problems.ToImmutable(), OperationCostChanges.Of(operations, assessments, before, ground.Uses, ground.Limits));
    }

    /// <summary>What the graph makes of each document, on all cores.</summary>
    internal static OperationAssessment[] AssessAll(Supergraph supergraph, OperationRules? rules, int count, Func<int, string> textOf)
    {
        var assessor = new OperationAssessor(supergraph, rules);
        var assessments = new OperationAssessment[count];
        Parallel.For(0, count, i => assessments[i] = assessor.Assess(textOf(i)));
        return assessments;
    }

    internal static string? NameOf(OperationAssessment assessment) => assessment.Names.IsEmpty ? null : string.Join(", ", assessment.Names);
}
