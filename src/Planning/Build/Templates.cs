using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Says how the values that a fetch carries are put together from slots.</summary>
internal sealed class Templates(PlanningGraph graph, Slots slots)
{
    // Where the values are read from: the slots there are those that the demands for them were made of.
    private Position? origin;

    /// <summary>
    /// The representation of an entity: its type's name, its key and what is required. Null when two parts need the same name for
    /// different values (one field with different arguments).
    /// </summary>
    public ObjectTemplate? Representation(Position position, IReadOnlyList<KeyUse> keys, IReadOnlyList<RequirementUse> requirements)
    {
        origin = position;
        var shape = position.Shape;
        var entries = new List<TemplateEntry>();
        foreach (var key in keys)
        {
            AddTypename(entries, EntrySteps.NamesNoType(graph, key.Lookup) ? key.Lookup.TypeName : null, key.Types);
        }

        foreach (var key in keys)
        {
            if (!TryAdd(entries, shape, key.Types, key.Lookup.Key, isKey: true))
            {
                return null;
            }
        }

        foreach (var requirement in requirements)
        {
            if (!TryAdd(entries, shape, requirement.Types, requirement.Requirement.Selection, isKey: false))
            {
                return null;
            }
        }

        return new ObjectTemplate([.. entries]);
    }

    /// <summary>The value of a mapped argument.</summary>
    /// <param name="position">Where the map begins.</param>
    /// <param name="types">The runtime types of the objects there.</param>
    /// <param name="map">The map.</param>
    /// <param name="isKey">True: an object with a null in it has no value.</param>
    public ValueTemplate Mapped(Position position, TypeSet types, SelectedValueNode map, bool isKey)
    {
        origin = position;
        return Mapped(position.Shape, types, map, isKey);
    }

    /// <summary>True when clients can see all fields that a value is read from.</summary>
    public bool ReadsPublicFields(ValueTemplate template) => template switch
    {
        LeafTemplate leaf => IsPublic(leaf.Field),
        CompositeTemplate composite => IsPublic(composite.Field) && ReadsPublicFields(composite.Inner),
        ObjectTemplate @object => @object.Entries.All(entry => ReadsPublicFields(entry.Value)),
        ChoiceTemplate choice => choice.Alternatives.All(alternative => ReadsPublicFields(alternative.Value)),
        _ => true,
    };

    private bool IsPublic(ResultField field) => field.Definition.DeclaringType is { } type
        && graph.Supergraph.PublicSchema.FindType(type.Name) is CompositeType composite && composite.FindField(field.Definition.Name) is not null;

    /// <summary>The value of an argument from a context.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="setters">Where it comes from, the nearest first.</param>
    public ContextTemplate Context(ContextArgument argument, IEnumerable<ContextSetter> setters)
    {
        var alternatives = ImmutableArray.CreateBuilder<ContextAlternative>();
        foreach (var setter in setters)
        {
            origin = setter.Above;
            alternatives.Add(new ContextAlternative(setter.Depth, setter.Types, Selected(setter.Above.Shape, setter.Types, argument.Selection)));
        }

        return new ContextTemplate(alternatives.ToImmutable());
    }

    // The one value of a selection: of a field, or of the type condition that holds.
    private ValueTemplate Selected(ResultShape shape, TypeSet types, SelectionSetNode selection)
    {
        var alternatives = ImmutableArray.CreateBuilder<ChoiceAlternative>();
        foreach (var item in selection.Selections)
        {
            if (item is InlineFragmentNode fragment)
            {
                if (slots.Narrow(types, fragment) is { IsEmpty: false } narrowed)
                {
                    alternatives.Add(new ChoiceAlternative(narrowed, Selected(shape, narrowed, fragment.SelectionSet)));
                }

                continue;
            }

            var node = (FieldNode)item;
            foreach (var (field, part) in Cover(shape, types, node))
            {
                alternatives.Add(new ChoiceAlternative(part, field.Shape is { } inner && node.SelectionSet is { } below
                    ? new CompositeTemplate(field, Selected(inner, slots.TypesBelow(field, inner, part), below))
                    : new LeafTemplate(field)));
            }
        }

        return alternatives is [var only] && only.AppliesTo == types ? only.Value : new ChoiceTemplate(alternatives.ToImmutable());
    }

    private ValueTemplate Mapped(ResultShape shape, TypeSet types, SelectedValueNode map, bool isKey)
    {
        if (map.Entries is [var only])
        {
            return Mapped(shape, types, only, isKey, isAlternative: false);
        }

        return new ChoiceTemplate([.. map.Entries.Select(entry => new ChoiceAlternative(
            entry.Path?.TypeName is { } condition ? types.Intersect(graph.PossibleTypes(condition.Value)) : types,
            Mapped(shape, types, entry, isKey, isAlternative: true)))]);
    }

    private static void AddTypename(List<TemplateEntry> entries, string? fixedName, TypeSet types)
    {
        var template = new TypenameTemplate(fixedName);
        var index = entries.FindIndex(entry => entry.Value == template);
        if (index < 0)
        {
            entries.Add(new TemplateEntry("__typename", template, types, IsKey: true));
        }
        else
        {
            entries[index] = entries[index] with { AppliesTo = entries[index].AppliesTo.Union(types) };
        }
    }

    private bool TryAdd(List<TemplateEntry> entries, ResultShape shape, TypeSet types, SelectionSetNode selection, bool isKey)
    {
        foreach (var item in selection.Selections)
        {
            if (item is InlineFragmentNode fragment)
            {
                var narrowed = slots.Narrow(types, fragment);
                if (!narrowed.IsEmpty && !TryAdd(entries, shape, narrowed, fragment.SelectionSet, isKey))
                {
                    return false;
                }
            }
            else if (item is FieldNode node && node.Name.Value != "__typename" && !TryAdd(entries, shape, types, node, isKey))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryAdd(List<TemplateEntry> entries, ResultShape shape, TypeSet types, FieldNode node, bool isKey)
    {
        foreach (var (field, part) in Cover(shape, types, node))
        {
            var index = entries.FindIndex(entry => entry.Name == node.Name.Value && FieldOf(entry.Value) == field);
            if (entries.Where((entry, i) => i != index && entry.Name == node.Name.Value && entry.AppliesTo.Overlaps(part)).Any())
            {
                return false;
            }

            var known = index < 0 ? null : entries[index];
            ValueTemplate? value = new LeafTemplate(field);
            if (field.Shape is { } inner && node.SelectionSet is not null)
            {
                value = Composite(field, inner, part, known, node.SelectionSet, isKey);
            }

            if (value is null)
            {
                return false;
            }

            var entry = new TemplateEntry(node.Name.Value, value, known?.AppliesTo.Union(part) ?? part, isKey || known?.IsKey == true);
            if (known is null)
            {
                entries.Add(entry);
            }
            else
            {
                entries[index] = entry;
            }
        }

        return true;
    }

    private CompositeTemplate? Composite(
        ResultField field, ResultShape inner, TypeSet above, TemplateEntry? known, SelectionSetNode selection, bool isKey)
    {
        var below = known?.Value is CompositeTemplate { Inner: ObjectTemplate template } ? template.Entries.ToList() : [];
        if (below.Count == 0 && inner.Type is not ObjectType)
        {
            AddTypename(below, fixedName: null, graph.PossibleTypes(inner.Type.Name));
        }

        return TryAdd(below, inner, slots.TypesBelow(field, inner, above), selection, isKey) ? new CompositeTemplate(field, new ObjectTemplate([.. below])) : null;
    }

    private List<(ResultField Field, TypeSet Types)> Cover(ResultShape shape, TypeSet types, FieldNode node) =>
        slots.Cover(shape, types, node, shape == origin!.Shape ? origin.InseparableTypes : null);

    private static ResultField? FieldOf(ValueTemplate value) => value switch
    {
        LeafTemplate leaf => leaf.Field,
        CompositeTemplate composite => composite.Field,
        _ => null,
    };

    private ValueTemplate Mapped(ResultShape shape, TypeSet types, SelectedValueEntryNode entry, bool isKey, bool isAlternative)
    {
        if (entry.Path is not { } path)
        {
            return Object(shape, types, entry.Object!, isKey, isAlternative);
        }

        var narrowed = path.TypeName is { } condition ? types.Intersect(graph.PossibleTypes(condition.Value)) : types;
        var value = Step(shape, narrowed, entry, 0, isKey, isAlternative);
        return narrowed == types ? value : new ChoiceTemplate([new ChoiceAlternative(narrowed, value)]);
    }

    // One segment of the path, and what follows it.
    private ValueTemplate Step(ResultShape shape, TypeSet types, SelectedValueEntryNode entry, int index, bool isKey, bool isAlternative)
    {
        var segment = entry.Path!.Segments[index];
        var alternatives = ImmutableArray.CreateBuilder<ChoiceAlternative>();
        foreach (var (field, part) in Cover(shape, types, AsField(segment.FieldName, segment.Arguments)))
        {
            alternatives.Add(new ChoiceAlternative(part, field.Shape is { } inner
                ? Below(field, inner, part, segment, entry, index, isKey, isAlternative)
                : new LeafTemplate(field)));
        }

        return alternatives is [var only] ? only.Value : new ChoiceTemplate(alternatives.ToImmutable());
    }

    private CompositeTemplate Below(
        ResultField field, ResultShape inner, TypeSet above, PathSegmentNode segment, SelectedValueEntryNode entry, int index, bool isKey, bool isAlternative)
    {
        var all = slots.TypesBelow(field, inner, above);
        var types = segment.TypeName is { } condition ? all.Intersect(graph.PossibleTypes(condition.Value)) : all;
        var value = index + 1 < entry.Path!.Segments.Length ? Step(inner, types, entry, index + 1, isKey, isAlternative)
            : entry.Object is { } @object ? Object(inner, types, @object, isKey, isAlternative)
            : Items(inner, types, entry.List!, isKey);
        return new CompositeTemplate(field, types == all ? value : new ChoiceTemplate([new ChoiceAlternative(types, value)]));
    }

    // A composite template maps nested lists too, so that the brackets' depth does not matter.
    private ValueTemplate Items(ResultShape inner, TypeSet types, SelectedListNode list, bool isKey)
    {
        while (list.List is { } nested)
        {
            list = nested;
        }

        return Mapped(inner, types, list.Value!, isKey);
    }

    private ObjectTemplate Object(ResultShape shape, TypeSet types, SelectedObjectNode node, bool isKey, bool isAlternative) =>
        new([.. node.Fields.SelectMany(field => field.Value is { } value
            ? [new TemplateEntry(field.Name.Value, Mapped(shape, types, value, isKey), types, isKey || (isAlternative && Maps.Decides(node, field)))]
            : Cover(shape, types, AsField(field.Name, field.Arguments))
                .Select(part => new TemplateEntry(field.Name.Value, new LeafTemplate(part.Field), part.Types, isKey || (isAlternative && Maps.Decides(node, field)))))]);

    private static FieldNode AsField(NameNode name, ImmutableArray<ArgumentNode> arguments) =>
        new(name.Start, name.End, alias: null, name, arguments, directives: [], selectionSet: null);
}
