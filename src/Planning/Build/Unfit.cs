using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>Whether what a template reads can have a null where the source takes none.</summary>
internal static class Unfit
{
    /// <summary>True when some value of the template's may not fit, by what the source takes.</summary>
    public static bool IsChecked(ValueTemplate value) => value switch
    {
        LeafTemplate leaf => leaf.NonNullItems != 0,
        CompositeTemplate composite => composite.NonNullItems != 0 || IsChecked(composite.Inner),
        ObjectTemplate @object => @object.Entries.Any(entry => entry.IsNonNull || IsChecked(entry.Value)),
        ChoiceTemplate choice => choice.Alternatives.Any(alternative => IsChecked(alternative.Value)),
        ContextTemplate context => context.Alternatives.Any(alternative => IsChecked(alternative.Value)),
        _ => false,
    };

    /// <summary>True when the graph's own types allow a value that does not fit, with no source to blame.</summary>
    public static bool CanBe(ValueTemplate value) => value switch
    {
        LeafTemplate leaf => HasNullableItems(leaf.Field, leaf.NonNullItems),
        CompositeTemplate composite => HasNullableItems(composite.Field, composite.NonNullItems)
            || (composite.NonNullItems != 0 && CanBeNull(composite.Inner)) || CanBe(composite.Inner),
        ObjectTemplate @object => @object.Entries.Any(entry => (entry.IsNonNull && CanBeNull(entry.Value)) || CanBe(entry.Value)),
        ChoiceTemplate choice => choice.Alternatives.Any(alternative => CanBe(alternative.Value)),
        _ => false,
    };

    private static bool CanBeNull(ValueTemplate value) => value switch
    {
        LeafTemplate leaf => !leaf.Field.Definition.Type.IsNonNull,
        CompositeTemplate composite => !composite.Field.Definition.Type.IsNonNull || (Lists(composite.Field) == 0 && CanBeNull(composite.Inner)),
        ChoiceTemplate => true,
        ObjectTemplate @object => @object.Entries.Any(entry => entry.IsKey && CanBeNull(entry.Value)),
        _ => false,
    };

    private static bool HasNullableItems(ResultField field, int nonNullItems)
    {
        for (var (type, n) = (Bare(field.Definition.Type), 0); type is ListType list; (type, n) = (Bare(list.OfType), n + 1))
        {
            if ((nonNullItems >> n & 1) != 0 && !list.OfType.IsNonNull)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many lists the values of a field have.</summary>
    public static int Lists(ResultField field) => Lists(field.Definition.Type);

    /// <summary>How many lists the values of a type have.</summary>
    public static int Lists(GraphQLType type)
    {
        var lists = 0;
        for (type = Bare(type); type is ListType list; type = Bare(list.OfType))
        {
            lists++;
        }

        return lists;
    }

    private static GraphQLType Bare(GraphQLType type) => type is NonNullType nonNull ? nonNull.OfType : type;
}
