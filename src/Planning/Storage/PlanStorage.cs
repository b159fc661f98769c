using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.TypeSystem.Supergraphs;
using GraphGateway.Validation;

namespace GraphGateway.Planning;

/// <summary>
/// Plans as bytes, to be read again without planning. The bytes say nothing of the operation and the graph that the plan is of: they name what is in them, by
/// number, so that whoever reads them gives the same operation in its normal form, and a graph of the same <see cref="IdentityOf(Supergraph)"/>.
/// </summary>
public static class PlanStorage
{
    /// <summary>Bytes of a plan at most.</summary>
    internal const int MaxBytes = 4 * 1024 * 1024;

    internal const int MaxDepth = 1_000;
    internal const int MaxWraps = 64;
    internal const int MaxDocumentCharacters = 16 * 1024 * 1024;

    /// <summary>Types in all sets of a plan together.</summary>
    internal const int MaxSetEntries = 4_000_000;

    // What types of sources are written as.
    internal const int Named = 0;
    internal const int List = 1;
    internal const int NonNull = 2;
    internal const int Kinds = 3;

    /// <summary>UTF-8 that replaces nothing.</summary>
    internal static UTF8Encoding Encoding { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// What stored plans belong to: the graph with the numbers that its types and sources have, and the build of the planner and of all that it is made of.
    /// SHA-256, 32 bytes. Plans of another identity cannot be read.
    /// </summary>
    /// <param name="supergraph">The graph as it is run.</param>
    public static byte[] IdentityOf(Supergraph supergraph) => IdentityOf(supergraph, Build);

    /// <summary>The same for another build.</summary>
    internal static byte[] IdentityOf(Supergraph supergraph, string build)
    {
        ArgumentNullException.ThrowIfNull(supergraph);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(build);
        Append(SupergraphWriter.Write(supergraph));
        // What is numbered by its place; where it stands the canonical form need not say.
        Append(string.Join('\n', supergraph.FullSchema.ObjectTypes.Select(static type => type.Name)));
        Append(string.Join('\n', supergraph.PublicSchema.ObjectTypes.Select(static type => type.Name)));
        Append(string.Join('\n', supergraph.Sources.Select(static source => source.Name)));
        return hash.GetHashAndReset();

        void Append(string part)
        {
            var bytes = Encoding.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
    }

    /// <summary>The plan as bytes; null where it cannot be kept: what a client may not see is withheld in it, or it is larger than plans of use are.</summary>
    /// <param name="plan">The plan.</param>
    public static byte[]? Write(QueryPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        try
        {
            var output = new PlanOutput();
            output.Number((int)plan.Bounds);
            StoredShapes.Write(output, plan.Root, plan.Operation.SelectionSet, plan.Supergraph.FullSchema);
            output.Number(plan.Steps.Length);
            foreach (var step in plan.Steps)
            {
                StoredSteps.Write(output, step, plan);
            }

            StoredGaps.Write(output, plan.Unservable);
            StoredGaps.Write(output, plan.OnlyTogether);
            return output.ToArray() is { Length: <= MaxBytes } bytes ? bytes : null;
        }
        catch (Exception exception) when (exception is NotStorableException or EncoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>
    /// The plan that was written; null where the bytes are not one of this operation and graph. Whatever they are, nothing is thrown, and no more memory is taken
    /// than a hundred times as many. What is read refers only to what is there; whether it is a right plan <see cref="PlanVerifier"/> says.
    /// </summary>
    /// <param name="bytes">What <see cref="Write"/> gave.</param>
    /// <param name="supergraph">The graph; of the same identity as the one that the plan was made for.</param>
    /// <param name="operation">The operation; the same as the one that the plan was made for.</param>
    /// <param name="problem">What is wrong with the bytes; null where there is a plan.</param>
    public static QueryPlan? Read(ReadOnlyMemory<byte> bytes, Supergraph supergraph, NormalizedOperation operation, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(supergraph);
        ArgumentNullException.ThrowIfNull(operation);
        try
        {
            problem = null;
            return Read(bytes, QueryPlanner.GraphFor(supergraph, operation), operation);
        }
        catch (InvalidDataException exception)
        {
            problem = exception.Message;
            return null;
        }
    }

    private static QueryPlan Read(ReadOnlyMemory<byte> bytes, Supergraph graph, NormalizedOperation operation)
    {
        const int AllBounds = (int)(PlanningBounds.Search | PlanningBounds.Requirements | PlanningBounds.Ways | PlanningBounds.Documents);
        var input = new PlanInput(bytes, graph.FullSchema);
        var bounds = (PlanningBounds)input.Number(AllBounds + 1);
        var root = StoredShapes.Read(input, operation.SelectionSet, graph.FullSchema);
        var count = input.Count();
        var steps = ImmutableArray.CreateBuilder<FetchStep>();
        for (var id = 0; id < count; id++)
        {
            steps.Add(StoredSteps.Read(input, id, count, root, graph));
        }

        var unservable = StoredGaps.Read(input);
        var onlyTogether = StoredGaps.Read(input);
        return input.IsAtEnd
            ? new QueryPlan(graph, operation, root, steps.DrainToImmutable(), unservable) { OnlyTogether = onlyTogether, Bounds = bounds }
            : throw input.Wrong("more than a plan");
    }

    private static string Build { get; } = string.Join(
        '\n',
        new[] { typeof(PlanStorage), typeof(NormalizedOperation), typeof(ValidOperation), typeof(Supergraph), typeof(SyntaxNode) }
            .Select(static type => type.Assembly).Select(static assembly => $"{assembly.GetName().Name} {assembly.ManifestModule.ModuleVersionId}"));
}
