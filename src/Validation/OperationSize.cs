using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>How large an operation is with its fragments spread out. A count of <see cref="CountMax"/> means that, or more.</summary>
/// <param name="Depth">Fields above one another.</param>
/// <param name="Aliases">Fields with an alias.</param>
/// <param name="RootFields">Fields of the root selection set.</param>
/// <param name="Directives">Directives, those of the operation and its variables included.</param>
/// <param name="Breadth">Fields of the widest selection set.</param>
public readonly record struct OperationSize(long Depth, long Aliases, long RootFields, long Directives, long Breadth)
{
    /// <summary>Spreading fragments can multiply counts without end; counting stops here.</summary>
    public const long CountMax = int.MaxValue;

    /// <summary>Measures an operation, in a time that grows with its document and not with what its fragments are spread to.</summary>
    /// <param name="operation">The operation.</param>
    public static OperationSize Of(ValidOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return new Measure(operation.Document).Of(operation.Definition);
    }

    /// <summary>Measures all operations of a document, in the order of <see cref="ValidDocument.Operations"/>; their common fragments once.</summary>
    /// <param name="document">The document.</param>
    public static ImmutableArray<OperationSize> OfEach(ValidDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var measure = new Measure(document);
        return [.. document.Operations.Select(operation => measure.Of(operation.Definition))];
    }

    // Of two selections that stand side by side in a selection set.
    private OperationSize Beside(OperationSize other) => new(
        Math.Max(Depth, other.Depth),
        Math.Min(CountMax, Aliases + other.Aliases),
        Math.Min(CountMax, RootFields + other.RootFields),
        Math.Min(CountMax, Directives + other.Directives),
        Math.Max(Breadth, other.Breadth));

    // Inside the measure, RootFields are the fields of the selection set at hand, and Breadth is that of those which are closed.
    private OperationSize Closed() => this with { Breadth = Math.Max(Breadth, RootFields) };

    private static OperationSize OfDirectives(long count) => new(0, 0, 0, count, 0);

    /// <summary>Each fragment is measured once, before those that spread it.</summary>
    private sealed class Measure(ValidDocument document)
    {
        private readonly Dictionary<string, OperationSize> fragments = new(StringComparer.Ordinal);

        public OperationSize Of(OperationDefinitionNode operation)
        {
            MeasureFragments(operation);
            var directives = operation.Directives.Length + operation.VariableDefinitions.Sum(variable => (long)variable.Directives.Length);
            return Of(operation.SelectionSet).Beside(OfDirectives(directives)).Closed();
        }

        // Fragments spread one another in chains longer than a stack of calls should be. A valid document has no cycles.
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
                    fragments.Add(name, Of(next.Fragment.SelectionSet).Beside(OfDirectives(next.Fragment.Directives.Length)));
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
            var sets = new Stack<SelectionSetNode>([selectionSet]);
            while (sets.TryPop(out var set))
            {
                foreach (var selection in set.Selections)
                {
                    switch (selection)
                    {
                        case FragmentSpreadNode spread when !fragments.ContainsKey(spread.Name.Value):
                            open.Push((document.Fragments[spread.Name.Value], false));
                            break;
                        case FieldNode { SelectionSet: { } inner }:
                            sets.Push(inner);
                            break;
                        case InlineFragmentNode fragment:
                            sets.Push(fragment.SelectionSet);
                            break;
                    }
                }
            }
        }

        // The parser's limit on nesting bounds the calls.
        private OperationSize Of(SelectionSetNode selectionSet)
        {
            var size = default(OperationSize);
            foreach (var selection in selectionSet.Selections)
            {
                var inner = selection switch
                {
                    FieldNode field => Of(field),
                    InlineFragmentNode fragment => Of(fragment.SelectionSet),
                    FragmentSpreadNode spread => fragments[spread.Name.Value],
                    _ => default,
                };
                size = size.Beside(inner).Beside(OfDirectives(selection.Directives.Length));
            }

            return size;
        }

        private OperationSize Of(FieldNode field)
        {
            var inner = field.SelectionSet is null ? default : Of(field.SelectionSet).Closed();
            return inner with { Depth = inner.Depth + 1, Aliases = Math.Min(CountMax, inner.Aliases + (field.Alias is null ? 0 : 1)), RootFields = 1 };
        }
    }
}
