using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Fetches as they are stored, with their inputs and documents.</summary>
internal static class StoredSteps
{
    public static void Write(PlanOutput output, FetchStep step, QueryPlan plan)
    {
        if (plan.Supergraph.Sources.ElementAtOrDefault(step.Source.Ordinal) != step.Source)
        {
            throw new NotStorableException("A source is none of the graph's.");
        }

        output.Number(step.Source.Ordinal);
        output.Number((int)step.Kind);
        WriteIds(output, step.DependsOn);
        WriteIds(output, step.InsteadOf);
        output.Number(step.Request is { } request ? 1 + request : 0);
        output.Number(step.Path.Length);
        var shape = plan.Root;
        foreach (var field in step.Path)
        {
            output.Slot(shape, field);
            shape = field.Shape ?? throw new NotStorableException($"{field} is a leaf on the way to objects.");
        }

        output.Types(step.TargetTypes);
        output.Types(step.Decides);
        output.Number(step.Inputs.Length);
        ImmutableArray<ResultShape> shapes = [plan.Root, .. step.Path.Select(static field => field.Shape!)];
        foreach (var input in step.Inputs)
        {
            WriteInput(output, input, shapes);
        }

        output.Texts(step.ForwardedVariables);
        WriteDocument(output, step);
        StoredSelections.Write(output, step.Selection, shape);
        output.Text(step.Reason);
    }

    public static FetchStep Read(PlanInput input, int id, int count, ResultShape root, Supergraph graph)
    {
        var source = graph.Sources[input.Number(graph.Sources.Length)];
        var kind = (FetchKind)input.Number((int)FetchKind.Lookup + 1);
        var (dependsOn, insteadOf) = (ReadIds(input, id), ReadIds(input, count));
        var request = input.Number(1 + count);
        ImmutableArray<ResultShape> shapes = [root];
        var path = input.Many(() =>
        {
            var field = input.Slot(shapes[^1]);
            shapes = shapes.Add(field.Shape ?? throw input.Wrong("a leaf on the way to objects"));
            return field;
        });
        var (targets, decides) = (input.Types(), input.Types());
        var inputs = input.Many(() => ReadInput(input, shapes));
        return new FetchStep
        {
            Id = id,
            Source = source,
            Kind = kind,
            DependsOn = dependsOn,
            InsteadOf = insteadOf.Contains(id) ? throw input.Wrong("a fetch instead of itself") : insteadOf,
            Request = request > 0 ? request - 1 : null,
            Path = path,
            TargetTypes = targets,
            Decides = decides,
            Inputs = inputs,
            ForwardedVariables = input.Many(input.Text),
            Document = ReadDocument(input, kind, inputs),
            Selection = StoredSelections.Read(input, shapes[^1], graph.FullSchema),
            Reason = input.Text(),
        };
    }

    // Ascending, so each is more than the one before.
    private static void WriteIds(PlanOutput output, ImmutableArray<int> ids)
    {
        output.Number(ids.Length);
        var next = 0;
        foreach (var id in ids)
        {
            output.Number(id - next);
            next = id + 1;
        }
    }

    private static ImmutableArray<int> ReadIds(PlanInput input, int limit)
    {
        var next = 0;
        return input.Many(() =>
        {
            var id = next + input.Number(limit - next);
            next = id + 1;
            return id;
        });
    }

    private static void WriteInput(PlanOutput output, FetchInput input, ImmutableArray<ResultShape> path)
    {
        output.Text(input.VariableName);
        output.Type(input.Type);
        output.Flag(input.SkipsOnNull);
        output.Flag(input.IsKey);
        output.Text(input.WhenNull);
        output.Text(input.WhenUnfit);
        StoredTemplates.Write(output, input.Value, path);
    }

    private static FetchInput ReadInput(PlanInput input, ImmutableArray<ResultShape> path)
    {
        var (name, type, skipsOnNull, isKey) = (input.Text(), input.Type(), input.Flag(), input.Flag());
        var (whenNull, whenUnfit) = (input.TextOrNull(), input.TextOrNull());
        return new FetchInput(name, type, StoredTemplates.Read(input, path), skipsOnNull) { IsKey = isKey, WhenNull = whenNull, WhenUnfit = whenUnfit };
    }

    private static void WriteDocument(PlanOutput output, FetchStep step)
    {
        var document = step.Document;
        output.Texts(document.ClientVariables);
        if (step.Kind == FetchKind.Root)
        {
            output.Number((int)document.Operation);
        }

        if (step.Kind == FetchKind.Lookup)
        {
            output.Texts(document.Path);
            WritePieces(output, document.Call);
        }

        WritePieces(output, document.Selection);
    }

    private static FetchDocument ReadDocument(PlanInput input, FetchKind kind, ImmutableArray<FetchInput> inputs)
    {
        var variables = input.Many(input.Part);
        switch (kind)
        {
            case FetchKind.Root:
                var operation = (OperationType)input.Number((int)OperationType.Subscription + 1);
                return FetchDocument.ForRoot(operation, string.Join(", ", variables), string.Concat(ReadPieces(input).Select(static piece => piece.Text)));
            case FetchKind.Representations when !inputs.IsEmpty:
                return FetchDocument.ForEntities(variables, inputs, ReadPieces(input));
            case FetchKind.Lookup:
                var path = input.Many(input.Part);
                return path.IsEmpty ? throw input.Wrong("a lookup of no field") : FetchDocument.ForLookup(variables, inputs, path, ReadPieces(input), ReadPieces(input));
            default:
                throw input.Wrong("entities without representations");
        }
    }

    private static void WritePieces(PlanOutput output, ImmutableArray<FetchTextPiece> pieces)
    {
        output.Number(pieces.Length);
        foreach (var piece in pieces)
        {
            output.Text(piece.Text);
            output.Flag(piece.IsInput);
        }
    }

    private static ImmutableArray<FetchTextPiece> ReadPieces(PlanInput input) => input.Many(() => new FetchTextPiece(input.Part(), input.Flag()));
}
