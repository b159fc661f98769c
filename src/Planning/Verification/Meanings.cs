using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// What values mean, as canonical text for one runtime type: a template and the map that it is to carry out mean the same when the texts
/// are equal. <c>total.{amount:amount,currency:currency}</c> An exclamation mark after a name: without its value the whole object has none.
/// </summary>
internal sealed class Meanings(Schema schema)
{
    /// <summary>What a template gives for an object of the type; null when it gives nothing.</summary>
    public string? Of(ValueTemplate template, int type) => template switch
    {
        LeafTemplate leaf => Fills.CallOf(leaf.Field),
        CompositeTemplate composite => $"{Fills.CallOf(composite.Field)}.{Below(composite, type)}",
        TypenameTemplate typename => typename.FixedName is null ? "__typename" : $"\"{typename.FixedName}\"",
        ObjectTemplate @object => $"{{{string.Join(',', @object.Entries.Where(entry => entry.AppliesTo.Contains(type))
            .Select(entry => $"{entry.Name}{(entry.IsKey ? "!" : "")}:{Of(entry.Value, type)}").Order(StringComparer.Ordinal))}}}",
        ChoiceTemplate choice => Join(choice.Alternatives.Where(alternative => alternative.AppliesTo.Contains(type))
            .Select(alternative => Of(alternative.Value, type))),
        _ => null,
    };

    /// <summary>What a map gives for an object of the type.</summary>
    public string? Of(SelectedValueNode map, int type, bool isKey) => Join(map.Entries.Select(entry => Of(entry, type, isKey, map.Entries.Length > 1)));

    /// <summary>What a selection of one value gives for an object of the type; null when no type condition in it holds.</summary>
    public string? Of(SelectionSetNode selection, int type) => Join(selection.Selections.Select(item => item switch
    {
        InlineFragmentNode fragment => fragment.TypeCondition is not { } condition || PossibleTypes(condition.Name.Value).Contains(type)
            ? Of(fragment.SelectionSet, type)
            : null,
        FieldNode { SelectionSet: { } below } field => $"{Call(field.Name.Value, field.Arguments)}.[{string.Join(';', TypesBelow(type, field.Name.Value).Ordinals()
            .Select(inner => (Type: inner, Text: Of(below, inner))).Where(part => part.Text is not null)
            .Select(part => $"<{schema.ObjectTypes[part.Type].Name}>{part.Text}"))}]",
        FieldNode field => Call(field.Name.Value, field.Arguments),
        _ => null,
    }));

    /// <summary>What of a selection a representation must hold for an object of the type: its entries with their paths, those of objects too.</summary>
    public IEnumerable<string> Entries(SelectionSetNode selection, int type)
    {
        foreach (var item in selection.Selections)
        {
            if (item is InlineFragmentNode fragment)
            {
                if (fragment.TypeCondition is not { } condition || PossibleTypes(condition.Name.Value).Contains(type))
                {
                    foreach (var entry in Entries(fragment.SelectionSet, type))
                    {
                        yield return entry;
                    }
                }
            }
            else if (item is FieldNode field && field.Name.Value != "__typename")
            {
                var text = $"{field.Name.Value}={Call(field.Name.Value, field.Arguments)}";
                yield return text;
                foreach (var inner in field.SelectionSet is null ? default : TypesBelow(type, field.Name.Value).Ordinals())
                {
                    foreach (var below in Entries(field.SelectionSet!, inner))
                    {
                        yield return $"{text}<{schema.ObjectTypes[inner].Name}>.{below}";
                    }
                }
            }
        }
    }

    /// <summary>The entries that a template holds for an object of the type, apart from the names of types; whether each is a part of the key.</summary>
    public IEnumerable<(string Path, bool IsKey)> Entries(ObjectTemplate template, int type)
    {
        foreach (var entry in template.Entries.Where(entry => entry.AppliesTo.Contains(type) && entry is not { Name: "__typename", Value: TypenameTemplate }))
        {
            var text = $"{entry.Name}={entry.Value switch
            {
                LeafTemplate leaf => Fills.CallOf(leaf.Field),
                CompositeTemplate composite => Fills.CallOf(composite.Field),
                _ => "something else",
            }}";
            yield return (text, entry.IsKey);
            if (entry.Value is CompositeTemplate { Inner: ObjectTemplate inner })
            {
                foreach (var below in TypesBelow(type, entry.Name).Ordinals())
                {
                    foreach (var (path, isKey) in Entries(inner, below))
                    {
                        yield return ($"{text}<{schema.ObjectTypes[below].Name}>.{path}", isKey);
                    }
                }
            }
        }
    }

    /// <summary>A field and its arguments in a form that does not depend on their order.</summary>
    public static string Call(string name, IEnumerable<ArgumentNode> arguments)
    {
        var text = AskedField.ArgumentText(arguments);
        return text.Length == 0 ? name : $"{name}({text})";
    }

    private string? Of(SelectedValueEntryNode entry, int type, bool isKey, bool isAlternative)
    {
        if (entry.Path is not { } path)
        {
            return Of(entry.Object!, type, isKey, isAlternative);
        }

        return path.TypeName is { } condition && !PossibleTypes(condition.Value).Contains(type) ? null : Step(entry, 0, [type], isKey, isAlternative);
    }

    private string Step(SelectedValueEntryNode entry, int index, IEnumerable<int> types, bool isKey, bool isAlternative)
    {
        var segment = entry.Path!.Segments[index];
        var text = Call(segment.FieldName.Value, segment.Arguments);
        var below = types.Aggregate(default(TypeSet), (all, type) => all.Union(TypesBelow(type, segment.FieldName.Value)));
        if (below.IsEmpty)
        {
            return text;
        }

        var parts = below.Ordinals()
            .Where(inner => segment.TypeName is not { } condition || PossibleTypes(condition.Value).Contains(inner))
            .Select(inner => $"<{schema.ObjectTypes[inner].Name}>" + (index + 1 < entry.Path.Segments.Length ? Step(entry, index + 1, [inner], isKey, isAlternative)
                : entry.Object is { } @object ? Of(@object, inner, isKey, isAlternative)
                : entry.List is { } list ? Of(Innermost(list), inner, isKey)
                : ""));
        return $"{text}.[{string.Join(';', parts)}]";
    }

    private string Of(SelectedObjectNode node, int type, bool isKey, bool isAlternative) => $"{{{string.Join(',', node.Fields
        .Select(field => $"{field.Name.Value}{(isKey || (isAlternative && TellsApart(node, field)) ? "!" : "")}:"
            + (field.Value is null ? Call(field.Name.Value, field.Arguments) : Of(field.Value, type, isKey)))
        .Order(StringComparer.Ordinal))}}}";

    // Appendix A: alternatives are for a @oneOf input. A null is no value of its field, and a type condition that does not hold gives none.
    private static bool TellsApart(SelectedObjectNode node, SelectedObjectFieldNode field) => node.Fields is [_]
        || field.Value?.Entries.All(entry => entry.Path is { } path
            && (path.TypeName is not null || path.Segments.Any(segment => segment.TypeName is not null))) == true;

    private string Below(CompositeTemplate composite, int type) => $"[{string.Join(';', TypesBelow(type, composite.Field.Definition.Name).Ordinals()
        .Select(inner => (Type: inner, Text: Of(composite.Inner, inner)))
        .Where(part => part.Text is not null)
        .Select(part => $"<{schema.ObjectTypes[part.Type].Name}>{part.Text}"))}]";

    private static SelectedValueNode Innermost(SelectedListNode list) => list.Value ?? Innermost(list.List!);

    private TypeSet TypesBelow(int type, string fieldName) =>
        schema.ObjectTypes[type].FindField(fieldName)?.Type.Named is CompositeType composite ? composite.PossibleTypes : default;

    private TypeSet PossibleTypes(string typeName) => schema.FindType(typeName) is CompositeType type ? type.PossibleTypes : default;

    private static string? Join(IEnumerable<string?> alternatives)
    {
        var text = string.Join('|', alternatives.Where(alternative => alternative is not null));
        return text.Length == 0 ? null : text;
    }
}
