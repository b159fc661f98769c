using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// What values mean, as canonical text for one runtime type: a template and the map that it is to carry out mean the same when the texts
/// are equal. <c>total.{amount:amount,currency:currency}</c> An exclamation mark after a name: without its value the whole object has none. A plus:
/// a null there does not fit. <c>[!]</c> for each list: its items must not be null.
/// </summary>
internal sealed class Meanings(Schema schema, SourceFacts facts)
{
    private const string Name = ".__typename";

    private readonly Dictionary<(SelectionSetNode Selection, int Type), string> texts = [];

    /// <summary>What a template gives for an object of the type; null when it gives nothing.</summary>
    public string? Of(ValueTemplate template, int type) => template switch
    {
        LeafTemplate leaf => Fills.CallOf(leaf.Field) + Strictness.Marks(leaf.Field, leaf.NonNullItems),
        CompositeTemplate composite => $"{Fills.CallOf(composite.Field)}{Strictness.Marks(composite.Field, composite.NonNullItems)}.{Below(composite, type)}",
        TypenameTemplate typename => typename.FixedName is null ? "__typename" : $"\"{typename.FixedName}\"",
        ObjectTemplate @object => $"{{{string.Join(',', @object.Entries.Where(entry => entry.AppliesTo.Contains(type))
            .Select(entry => $"{entry.Name}{(entry.IsKey ? "!" : "")}{(entry.IsNonNull ? "+" : "")}:{Of(entry.Value, type)}").Order(StringComparer.Ordinal))}}}",
        ChoiceTemplate choice => Join(choice.Alternatives.Where(alternative => alternative.AppliesTo.Contains(type))
            .Select(alternative => Of(alternative.Value, type))),
        _ => null,
    };

    /// <summary>What a map gives for an object of the type, to a place of a type in the source.</summary>
    public string? Of(SelectedValueNode map, int type, bool isKey, Place place) =>
        Join(map.Entries.Select(entry => Of(entry, type, isKey, map.Entries.Length > 1, place)));

    /// <summary>What a selection of one value gives for an object of the type; null when no type condition in it holds.</summary>
    public string? Of(SelectionSetNode selection, int type, Place place) => Join(selection.Selections.Select(item => item switch
    {
        InlineFragmentNode fragment => fragment.TypeCondition is not { } condition || PossibleTypes(condition.Name.Value).Contains(type)
            ? Of(fragment.SelectionSet, type, place)
            : null,
        FieldNode { SelectionSet: { } below } field => $"{Call(field.Name.Value, field.Arguments)}{place.Marks(Lists(type, field.Name.Value))}.[{string.Join(';', TypesBelow(type, field.Name.Value).Ordinals()
            .Select(inner => (Type: inner, Text: Of(below, inner, place.Inside(Lists(type, field.Name.Value))))).Where(part => part.Text is not null)
            .Select(part => $"<{schema.ObjectTypes[part.Type].Name}>{part.Text}"))}]",
        FieldNode field => Call(field.Name.Value, field.Arguments) + place.Marks(Lists(type, field.Name.Value)),
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
                var place = TypeInSource(type, field.Name.Value);
                var text = $"{field.Name.Value}{(Strictness.IsNonNull(place) ? "+" : "")}={Call(field.Name.Value, field.Arguments)}{Strictness.Marks(place, Lists(type, field.Name.Value))}";
                yield return text;
                if (SaysName(type, field))
                {
                    yield return text + Name;
                }

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

    /// <summary>The same as one text: equal for the same entries.</summary>
    public string TextOf(SelectionSetNode selection, int type)
    {
        if (!texts.TryGetValue((selection, type), out var text))
        {
            texts.Add((selection, type), text = TextOf(Entries(selection, type).Distinct(StringComparer.Ordinal)));
        }

        return text;
    }

    /// <inheritdoc cref="TextOf(SelectionSetNode, int)"/>
    public static string TextOf(IEnumerable<string> entries) => string.Join('\n', entries.Order(StringComparer.Ordinal));

    /// <summary>
    /// The entries that a template holds for an object of the type, apart from the names of types that are there in any case; whether each is a part of the key. Null: a name of those, of an
    /// object that could be asked for it.
    /// </summary>
    public IEnumerable<(string Path, bool? IsKey)> Entries(ObjectTemplate template, int type)
    {
        foreach (var entry in template.Entries.Where(entry => entry.AppliesTo.Contains(type) && entry is not { Name: "__typename", Value: TypenameTemplate }))
        {
            var text = $"{entry.Name}{(entry.IsNonNull ? "+" : "")}={entry.Value switch
            {
                LeafTemplate leaf => Fills.CallOf(leaf.Field) + Strictness.Marks(leaf.Field, leaf.NonNullItems),
                CompositeTemplate composite => Fills.CallOf(composite.Field) + Strictness.Marks(composite.Field, composite.NonNullItems),
                _ => "something else",
            }}";
            yield return (text, entry.IsKey);
            if (entry.Value is CompositeTemplate { Inner: ObjectTemplate inner } carried)
            {
                foreach (var name in IsObject(type, entry.Name) ? inner.Entries.Where(static own => own is { Name: "__typename", Value: TypenameTemplate { FixedName: null } }) : [])
                {
                    yield return (text + Name, carried.Field.Shape!.Type is ObjectType ? name.IsKey : null);
                }

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

    // Objects of abstract types say what they are, others where they are asked to.
    private bool SaysName(int type, FieldNode field) => field.SelectionSet is { } below && IsObject(type, field.Name.Value) && AsksName(below);

    private bool IsObject(int type, string field) => schema.ObjectTypes[type].FindField(field)?.Type.Named is ObjectType;

    private static bool AsksName(SelectionSetNode selection) => selection.Selections.Any(static item => item is FieldNode { Name.Value: "__typename" }
        || (item is InlineFragmentNode fragment && AsksName(fragment.SelectionSet)));

    /// <summary>A field and its arguments in a form that does not depend on their order.</summary>
    public static string Call(string name, ImmutableArray<ArgumentNode> arguments)
    {
        var text = AskedField.ArgumentText(arguments);
        return text.Length == 0 ? name : $"{name}({text})";
    }

    private string? Of(SelectedValueEntryNode entry, int type, bool isKey, bool isAlternative, Place place)
    {
        if (entry.Path is not { } path)
        {
            return Of(entry.Object!, type, isKey, isAlternative, place);
        }

        return path.TypeName is { } condition && !PossibleTypes(condition.Value).Contains(type) ? null : Step(entry, 0, type, isKey, isAlternative, place);
    }

    private string Step(SelectedValueEntryNode entry, int index, int type, bool isKey, bool isAlternative, Place place)
    {
        var segment = entry.Path!.Segments[index];
        var lists = Lists(type, segment.FieldName.Value);
        var text = Call(segment.FieldName.Value, segment.Arguments) + place.Marks(lists);
        var below = TypesBelow(type, segment.FieldName.Value);
        place = place.Inside(lists);
        // An interface that no object type implements has no types below it either, and is no leaf.
        if (schema.ObjectTypes[type].FindField(segment.FieldName.Value)?.Type.Named is not CompositeType)
        {
            return text;
        }

        var parts = below.Ordinals()
            .Where(inner => segment.TypeName is not { } condition || PossibleTypes(condition.Value).Contains(inner))
            .Select(inner => $"<{schema.ObjectTypes[inner].Name}>" + (index + 1 < entry.Path.Segments.Length ? Step(entry, index + 1, inner, isKey, isAlternative, place)
                : entry.Object is { } @object ? Of(@object, inner, isKey, isAlternative, place)
                : entry.List is { } list ? Of(Innermost(list), inner, isKey, place)
                : ""));
        var isOfObjects = below.IsEmpty && index + 1 == entry.Path.Segments.Length && MakesObjects(entry);
        return $"{text}.[{(isOfObjects ? Nobody : string.Join(';', parts))}]";
    }

    // Objects that no type is of: values of none of them, and objects made of none.
    private const string Nobody = "{}";

    private static bool MakesObjects(SelectedValueEntryNode entry) =>
        entry.Object is not null || (entry.List is { } list && Innermost(list) is { Entries: [{ Path: null } only] } && MakesObjects(only));

    private string Of(SelectedObjectNode node, int type, bool isKey, bool isAlternative, Place place) => $"{{{string.Join(',', node.Fields
        .Select(field => (Field: field, Place: place.Of(field.Name.Value)))
        .Select(part => $"{part.Field.Name.Value}{(isKey || (isAlternative && TellsApart(node, part.Field)) ? "!" : "")}{(Strictness.IsNonNull(part.Place.Type) ? "+" : "")}:"
            + (part.Field.Value is null
                ? Call(part.Field.Name.Value, part.Field.Arguments) + part.Place.Marks(Lists(type, part.Field.Name.Value))
                : Of(part.Field.Value, type, isKey, part.Place)))
        .Order(StringComparer.Ordinal))}}}";

    // How the source itself has a field of the type, or of the object that it has in an interface's place.
    private string? TypeInSource(int type, string fieldName)
    {
        var objectType = schema.ObjectTypes[type];
        return (facts.Field(objectType.Name, fieldName) ?? objectType.Interfaces.Where(@interface => facts.IsInterfaceObject(@interface.Name))
            .Select(@interface => facts.Field(@interface.Name, fieldName)).FirstOrDefault(field => field is not null))?.Type.ToString();
    }

    private int Lists(int type, string fieldName) => schema.ObjectTypes[type].FindField(fieldName) is { } field ? Strictness.ListsOf(field.Type) : 0;

    // Appendix A: alternatives are for a @oneOf input. A null is no value of its field, and a type condition that does not hold gives none.
    private static bool TellsApart(SelectedObjectNode node, SelectedObjectFieldNode field) => node.Fields is [_]
        || field.Value?.Entries.All(entry => entry.Path is { } path
            && (path.TypeName is not null || path.Segments.Any(segment => segment.TypeName is not null))) == true;

    private string Below(CompositeTemplate composite, int type) => TypesBelow(type, composite.Field.Definition.Name).IsEmpty
        ? $"[{(composite.Inner is ObjectTemplate ? Nobody : "")}]"
        : $"[{string.Join(';', TypesBelow(type, composite.Field.Definition.Name).Ordinals()
        .Select(inner => (Type: inner, Text: Of(composite.Inner, inner)))
        .Where(part => part.Text is not null)
        .Select(part => $"<{schema.ObjectTypes[part.Type].Name}>{part.Text}"))}]";

    private static SelectedValueNode Innermost(SelectedListNode list) => list.Value ?? Innermost(list.List!);

    private TypeSet TypesBelow(int type, string fieldName) =>
        schema.ObjectTypes[type].FindField(fieldName)?.Type.Named is CompositeType composite ? UntoldTypes.WithoutInner(schema, composite.PossibleTypes) : default;

    private TypeSet PossibleTypes(string typeName) => schema.FindType(typeName) is CompositeType type ? type.PossibleTypes : default;

    private static string? Join(IEnumerable<string?> alternatives)
    {
        var text = string.Join('|', alternatives.Where(alternative => alternative is not null));
        return text.Length == 0 ? null : text;
    }
}
