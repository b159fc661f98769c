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

        List<SelectionSetNode>? parts = field.Definition.Provides is { } own ? [own] : null;
        foreach (var set in around.selections)
        {
            around.AddBelow(set, field, ref parts);
        }

        return parts is null ? null : new ProvidesView([.. parts], schema);
    }

    /// <summary>True when the view names the field for values of the type.</summary>
    public bool Contains(string typeName, string fieldName)
    {
        foreach (var set in selections)
        {
            if (Contains(set, typeName, fieldName))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public bool Equals(ProvidesView? other) => other is not null && selections.AsSpan().SequenceEqual(other.selections.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ProvidesView);

    /// <inheritdoc/>
    public override int GetHashCode() => selections.Length == 0 ? 0 : selections[0].GetHashCode();

    private bool Contains(SelectionSetNode set, string typeName, string fieldName)
    {
        foreach (var selection in set.Selections)
        {
            if (selection is FieldNode field
                ? field.Name.Value == fieldName
                : selection is InlineFragmentNode fragment && Applies(fragment.TypeCondition?.Name.Value, typeName) && Contains(fragment.SelectionSet, typeName, fieldName))
            {
                return true;
            }
        }

        return false;
    }

    // What is selected below the field, wherever it stands in a set.
    private void AddBelow(SelectionSetNode set, FieldAtSource field, ref List<SelectionSetNode>? parts)
    {
        foreach (var selection in set.Selections)
        {
            switch (selection)
            {
                case FieldNode { SelectionSet: { } below } found when found.Name.Value == field.Name:
                    (parts ??= []).Add(below);
                    break;
                case InlineFragmentNode fragment when Applies(fragment.TypeCondition?.Name.Value, field.OwnerName):
                    AddBelow(fragment.SelectionSet, field, ref parts);
                    break;
            }
        }
    }

    private bool Applies(string? condition, string typeName) =>
        condition is null || condition == typeName
        || (schema.FindType(condition) is CompositeType outer && schema.FindType(typeName) is CompositeType inner
            && inner.PossibleTypes.IsSubsetOf(outer.PossibleTypes));
}
