using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.Validation;

namespace GraphGateway.Operations;

/// <summary>
/// What an operation can require of its client, whatever its variables are: found once for each document, so that a request is only held against it.
/// </summary>
/// <param name="Requirements">The numbers of the requirements (<see cref="AccessIndex.Requirements"/>), in order; empty where everybody may have all of it.</param>
/// <param name="Policies">The names of the policies among them, in order.</param>
public sealed record OperationAccess(ImmutableArray<int> Requirements, ImmutableArray<string> Policies)
{
    /// <summary>Everybody may have it.</summary>
    public static OperationAccess Free { get; } = new([], []);

    /// <summary>True where everybody may have it.</summary>
    public bool IsFree => Requirements.IsEmpty;

    /// <summary>What an operation can require.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="index">The index of its graph.</param>
    /// <param name="asksForAll">True: who asks for the schema is told what it may see, so that all requirements count.</param>
    public static OperationAccess Of(ValidOperation operation, AccessIndex index, bool asksForAll)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(index);
        if (index.IsEmpty)
        {
            return Free;
        }

        var walk = new Walk(operation.Document, index);
        walk.Add(operation.Definition.SelectionSet, operation.RootType, operation.RootType);
        ImmutableArray<int> found = [.. walk.AsksForSchema && asksForAll ? Enumerable.Range(0, index.Requirements.Count) : walk.Found];
        return new OperationAccess(
            found,
            [.. found.SelectMany(number => index.Requirements[number].Policies).SelectMany(together => together)
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    private sealed class Walk(ValidDocument document, AccessIndex index)
    {
        private readonly HashSet<(string Fragment, CompositeType Position)> seen = [];

        public SortedSet<int> Found { get; } = [];

        public bool AsksForSchema { get; private set; }

        // Conditions are not looked at, and of a fragment all types count: what is found too much changes no answer.
        public void Add(SelectionSetNode selections, CompositeType position, CompositeType parent)
        {
            foreach (var selection in selections.Selections)
            {
                switch (selection)
                {
                    case FieldNode field:
                        AddField(field, position, parent);
                        break;
                    case InlineFragmentNode inline:
                        Add(inline.SelectionSet, position, inline.TypeCondition is { } condition ? Find(condition) : parent);
                        break;
                    case FragmentSpreadNode spread when seen.Add((spread.Name.Value, position)):
                        var fragment = document.Fragments[spread.Name.Value];
                        Add(fragment.SelectionSet, position, Find(fragment.TypeCondition));
                        break;
                }
            }
        }

        private void AddField(FieldNode field, CompositeType position, CompositeType parent)
        {
            var definition = document.Schema.FindField(parent, field.Name.Value)!;
            AsksForSchema |= IntrospectionExecutor.IsIntrospection(document.Schema, definition);
            index.AddFound(parent, definition, Found);
            var types = parent.PossibleTypes.Intersect(position.PossibleTypes);
            if (types.IsEmpty)
            {
                index.AddTo(position, parent, definition, null, Found);
            }

            foreach (var ordinal in types.Ordinals())
            {
                index.AddTo(position, parent, definition, document.Schema.ObjectTypes[ordinal], Found);
            }

            if (field.SelectionSet is { } below && definition.Type.Named is CompositeType type && definition.DeclaringType is not null)
            {
                Add(below, type, type);
            }
        }

        private CompositeType Find(NamedTypeNode condition) => (CompositeType)document.Schema.FindType(condition.Name.Value)!;
    }
}
