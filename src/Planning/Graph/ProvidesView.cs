using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// The fields, external otherwise, that a source gives where it was reached through a field with <c>@provides</c>. Two views of the same
/// selections are equal, so that selections that were reached in the same way can share one.
/// </summary>
internal sealed class ProvidesView : IEquatable<ProvidesView>
{
    private readonly ImmutableArray<SelectionSetNode> selections;
    private readonly Schema schema;

    private ProvidesView(ImmutableArray<SelectionSetNode> selections, Schema schema)
    {
        this.selections = selections;
        this.schema = schema;
    }

    /// <summary>The view of one selection.</summary>
    public ProvidesView(SelectionSetNode selection, Schema schema)
        : this([selection], schema)
    {
    }

    /// <summary>The view below a field: what the field itself provides, and what a view around it says of the field.</summary>
    public static ProvidesView? Below(FieldAtSource field, ProvidesView? around, Schema schema)
    {
        if (around is null)
        {
            return field.OwnView(schema);
        }

        var parts = ImmutableArray.CreateBuilder<SelectionSetNode>();
        if (field.Definition.Provides is { } own)
        {
            parts.Add(own);
        }

        foreach (var found in around.Find(field.OwnerName, field.Name))
        {
            if (found.SelectionSet is not null)
            {
                parts.Add(found.SelectionSet);
            }
        }

        return parts.Count == 0 ? null : new ProvidesView(parts.ToImmutable(), schema);
    }

    /// <summary>True when the view names the field for values of the type.</summary>
    public bool Contains(string typeName, string fieldName) => Find(typeName, fieldName).Any();

    /// <inheritdoc/>
    public bool Equals(ProvidesView? other) => other is not null && selections.AsSpan().SequenceEqual(other.selections.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ProvidesView);

    /// <inheritdoc/>
    public override int GetHashCode() => selections.Length == 0 ? 0 : selections[0].GetHashCode();

    private IEnumerable<FieldNode> Find(string typeName, string fieldName) =>
        selections.SelectMany(set => Find(set, typeName, fieldName));

    private IEnumerable<FieldNode> Find(SelectionSetNode set, string typeName, string fieldName)
    {
        foreach (var selection in set.Selections)
        {
            switch (selection)
            {
                case FieldNode field when field.Name.Value == fieldName:
                    yield return field;
                    break;
                case InlineFragmentNode fragment when Applies(fragment.TypeCondition?.Name.Value, typeName):
                    foreach (var inner in Find(fragment.SelectionSet, typeName, fieldName))
                    {
                        yield return inner;
                    }

                    break;
            }
        }
    }

    private bool Applies(string? condition, string typeName) =>
        condition is null || condition == typeName
        || (schema.FindType(condition) is CompositeType outer && schema.FindType(typeName) is CompositeType inner
            && inner.PossibleTypes.IsSubsetOf(outer.PossibleTypes));
}
