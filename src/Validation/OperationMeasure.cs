using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// Measures operations of a valid document with their fragments spread out, and compares them with the limits. Each fragment is
/// measured once, before those that spread it; the counts stop at a large number, as spreading can multiply them without end.
/// </summary>
internal sealed class OperationMeasure
{
    private readonly ValidationContext context;
    private readonly Dictionary<string, Size> fragments = new(StringComparer.Ordinal);

    private OperationMeasure(ValidationContext context) => this.context = context;

    /// <summary>Reports each limit that an operation exceeds, at the operation.</summary>
    public static void CheckLimits(ValidationContext context)
    {
        if (context.Options.Limits == OperationLimits.None)
        {
            return;
        }

        var measure = new OperationMeasure(context);
        foreach (var operation in context.Document.Definitions.OfType<OperationDefinitionNode>())
        {
            measure.Check(operation);
        }
    }

    private void Check(OperationDefinitionNode operation)
    {
        MeasureFragments(operation);
        var size = Of(operation.SelectionSet)
            .Plus(new Size(0, 0, 0, CountDirectives(operation)));
        var limits = context.Options.Limits;
        var subject = operation.Name is { } name ? $"Operation \"{name}\"" : "The operation";
        Compare(size.Depth, limits.MaxDepth, ErrorCode.MaxDepthExceeded, "levels of fields");
        Compare(size.Aliases, limits.MaxAliases, ErrorCode.MaxAliasesExceeded, "aliases");
        Compare(size.RootFields, limits.MaxRootFields, ErrorCode.MaxRootFieldsExceeded, "root fields");
        Compare(size.Directives, limits.MaxDirectives, ErrorCode.MaxDirectivesExceeded, "directives");

        void Compare(long count, int max, ErrorCode code, string what)
        {
            if (max > 0 && count > max)
            {
                context.Report(code, $"{subject} has {count} {what}; at most {max} are allowed.", operation.Start);
            }
        }
    }

    private static long CountDirectives(OperationDefinitionNode operation) =>
        operation.Directives.Length + operation.VariableDefinitions.Sum(variable => (long)variable.Directives.Length);

    // Fragments spread one another in chains longer than a stack of calls should be.
    private void MeasureFragments(OperationDefinitionNode operation)
    {
        var open = new Stack<(FragmentDefinitionNode Fragment, bool IsReady)>();
        PushUnmeasured(operation.SelectionSet, open);
        while (open.TryPop(out var next))
        {
            var name = next.Fragment.Name.Value;
            if (fragments.ContainsKey(name))
            {
                continue;
            }

            if (next.IsReady)
            {
                fragments.Add(name, Of(next.Fragment.SelectionSet).Plus(new Size(0, 0, 0, next.Fragment.Directives.Length)));
            }
            else
            {
                open.Push((next.Fragment, true));
                PushUnmeasured(next.Fragment.SelectionSet, open);
            }
        }
    }

    private void PushUnmeasured(SelectionSetNode selectionSet, Stack<(FragmentDefinitionNode Fragment, bool IsReady)> open)
    {
        foreach (var spread in context.Fragments.SpreadsIn(selectionSet))
        {
            if (!fragments.ContainsKey(spread.Name.Value))
            {
                open.Push((context.Fragments.Find(spread.Name.Value)!, false));
            }
        }
    }

    private Size Of(SelectionSetNode selectionSet)
    {
        var size = default(Size);
        foreach (var selection in selectionSet.Selections)
        {
            var inner = selection switch
            {
                FieldNode field => OfField(field),
                InlineFragmentNode fragment => Of(fragment.SelectionSet),
                FragmentSpreadNode spread => fragments[spread.Name.Value],
                _ => default,
            };
            size = size.Plus(inner).Plus(new Size(0, 0, 0, selection.Directives.Length));
        }

        return size;
    }

    private Size OfField(FieldNode field)
    {
        var inner = field.SelectionSet is null ? default : Of(field.SelectionSet);
        return new Size(inner.Depth + 1, inner.Aliases + (field.Alias is null ? 0 : 1), 1, inner.Directives);
    }

    private readonly record struct Size(long Depth, long Aliases, long RootFields, long Directives)
    {
        private const long CountMax = int.MaxValue;

        /// <summary>Of two selections that stand side by side.</summary>
        public Size Plus(Size other) => new(
            Math.Max(Depth, other.Depth),
            Math.Min(CountMax, Aliases + other.Aliases),
            Math.Min(CountMax, RootFields + other.RootFields),
            Math.Min(CountMax, Directives + other.Directives));
    }
}
