using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.ControlPlane;

/// <summary>What is wrong with an operation.</summary>
/// <param name="File">Where it was found; null where it is a store's.</param>
/// <param name="Client">Whose; null where it is for all clients, and where it is not published yet.</param>
/// <param name="Tags">The releases that have it; empty where it is not published yet.</param>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">The operations' names in it; null where there are none.</param>
/// <param name="Error">What is wrong.</param>
public sealed record OperationProblem(string? File, string? Client, ImmutableArray<string> Tags, string Id, string? Name, GraphQLError Error)
{
    /// <summary>The file; of a store whose it is, and in which releases.</summary>
    public string Where => File ?? $"{Client ?? "all clients"}, {string.Join(", ", Tags)}";

    /// <summary>The line in its text, from 1; null where it is about the whole.</summary>
    public int? Line => Error.Locations is [var first, ..] ? first.Line : null;

    /// <summary>The column, from 1.</summary>
    public int? Column => Error.Locations is [var first, ..] ? first.Column : null;

    /// <summary>Such as <c>web, 1: 2 (Gone) 1:14: Cannot query field "shoes" on type "Query".</c></summary>
    public override string ToString() => $"{Where}: {Id}{(Name is null ? "" : $" ({Name})")}{(Line is null ? "" : $" {Line}:{Column}")}: {Error.Message}";
}

/// <summary>What a graph makes of a store's operations.</summary>
/// <param name="Operations">All of them.</param>
/// <param name="Assessments">What the graph makes of each, in the same order; null where its text is not what was published. Empty where it was only asked which would break.</param>
/// <param name="Problems">What would break, with what is wrong with each.</param>
public sealed record OperationsVerdict(ImmutableArray<StoredOperation> Operations, ImmutableArray<OperationAssessment?> Assessments, ImmutableArray<OperationProblem> Problems)
{
    /// <summary>How many would break.</summary>
    public int Broken => Problems.Select(problem => (problem.Client, problem.Id)).Distinct().Count();

    /// <summary>How many more cannot be answered by what is live now either (<see cref="Beyond"/>).</summary>
    public int BrokenBefore { get; init; }

    /// <summary>How many nobody has looked at: there was no time for them.</summary>
    public int Left { get; init; }

    /// <summary>Such as <c>1 of 2 persisted operations would break.</c></summary>
    public string Summary => (Problems.IsEmpty
        ? $"{Count(Operations.Length)}: {(BrokenBefore == 0 && Left == 0 ? "all can be answered" : "none would break")}."
        : $"{Broken} of {Count(Operations.Length)} would break.")
        + (BrokenBefore == 0 ? "" : $" {BrokenBefore} cannot be answered now either.")
        + (Left == 0 ? "" : $" There was no time to look at {Left} of them.");

    /// <summary>What a change would break: without those that what is live cannot answer either. Nobody could change anything else as long as there are some.</summary>
    /// <param name="live">The graph that is live.</param>
    /// <param name="rules">What the gateway lets operations be.</param>
    public OperationsVerdict Beyond(Supergraph live, OperationRules rules)
    {
        ArgumentNullException.ThrowIfNull(live);
        var broken = Problems.Select(static problem => (problem.Client, problem.Id)).ToHashSet();
        var assessor = new OperationAssessor(live, rules);
        var before = Operations.Where(operation => broken.Contains((operation.Client, operation.Id)) && (!operation.IsIntact || !assessor.Assess(operation.Text).Errors.IsEmpty))
            .Select(static operation => (operation.Client, operation.Id)).ToHashSet();
        return this with { Problems = [.. Problems.Where(problem => !before.Contains((problem.Client, problem.Id)))], BrokenBefore = before.Count };
    }

    /// <summary>Holds all operations of a store against a graph.</summary>
    /// <param name="store">The store.</param>
    /// <param name="supergraph">The graph.</param>
    /// <param name="rules">What the gateway lets operations be.</param>
    /// <param name="threads">How many do it.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<OperationsVerdict> OfAsync(OperationStore store, Supergraph supergraph, OperationRules rules, int threads, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        var operations = await store.ReadAsync(cancellation);
        var assessments = AssessAll(supergraph, rules, operations.Length, i => operations[i].Text, threads, cancellation);
        var intact = new OperationAssessment?[operations.Length];
        var problems = ImmutableArray.CreateBuilder<OperationProblem>();
        for (var i = 0; i < operations.Length; i++)
        {
            intact[i] = operations[i].IsIntact ? assessments[i] : null;
            problems.AddRange(await ProblemsOfAsync(store, operations[i], assessments[i], cancellation));
        }

        return new OperationsVerdict(operations, [.. intact], problems.ToImmutable());
    }

    /// <summary>What is wrong with an operation of a store; empty where it can be answered.</summary>
    /// <param name="store">The store.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="assessment">What the graph makes of its text.</param>
    /// <param name="cancellation">Ends it.</param>
    internal static async Task<ImmutableArray<OperationProblem>> ProblemsOfAsync(
        OperationStore store, StoredOperation operation, OperationAssessment assessment, CancellationToken cancellation)
    {
        ImmutableArray<GraphQLError> errors = operation.IsIntact ? assessment.Errors
            : [new GraphQLError { Message = "Its text is not what was published: the store is damaged. Retire its releases and publish them again." }];
        if (errors.IsEmpty)
        {
            return [];
        }

        var tags = await store.TagsAsync(operation, cancellation);
        return [.. errors.Select(error => new OperationProblem(null, operation.Client, tags, operation.Id, NameOf(assessment), error))];
    }

    /// <summary>What a graph makes of each document.</summary>
    /// <param name="supergraph">The graph.</param>
    /// <param name="rules">What the gateway lets operations be; null where that is not asked.</param>
    /// <param name="count">How many documents there are.</param>
    /// <param name="textOf">Each.</param>
    /// <param name="threads">How many do it.</param>
    /// <param name="cancellation">Ends it.</param>
    public static OperationAssessment[] AssessAll(
        Supergraph supergraph, OperationRules? rules, int count, Func<int, string> textOf, int threads, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(textOf);
        var assessor = new OperationAssessor(supergraph, rules);
        var assessments = new OperationAssessment[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i => assessments[i] = assessor.Assess(textOf(i)));
        return assessments;
    }

    /// <summary>The operations' names in a document; null where there are none.</summary>
    /// <param name="assessment">What a graph makes of it.</param>
    public static string? NameOf(OperationAssessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        return assessment.Names.IsEmpty ? null : string.Join(", ", assessment.Names);
    }

    private static string Count(int operations) => $"{operations} persisted operation{(operations == 1 ? "" : "s")}";
}
