using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Says how the values that a fetch carries are put together from slots.</summary>
internal sealed class Templates(PlanningGraph graph, Slots slots)
{
    private readonly FieldNulls nulls = new(graph);

    // Where the values are read from: the slots there are those that the demands for them were made of.
    private Position? origin;

    /// <summary>
    /// The representation of an entity: its type's name, its key and what is required. Null when two parts need the same name for
    /// different values (one field with different arguments).
    /// </summary>
    public ObjectTemplate? Representation(Position position, List<KeyUse> keys, List<RequirementUse> requirements)
    {
        var entries = new List<TemplateEntry>();
        if (!TryAdd(entries, position, CollectionsMarshal.AsSpan(keys), CollectionsMarshal.AsSpan(requirements)))
        {
            return null;
        }

        foreach (ref var entry in CollectionsMarshal.AsSpan(entries))
        {
            entry = WhenUnfit(entry) is { } words ? entry with { WhenUnfit = words } : entry;
        }

        return new ObjectTemplate([.. entries]);
    }

    /// <summary>Adds to the entries of a representation; false, with a part of it added, when two parts need the same name for different values.</summary>
    public bool TryAdd(List<TemplateEntry> entries, Position position, ReadOnlySpan<KeyUse> keys, ReadOnlySpan<RequirementUse> requirements)
    {
        origin = position;
        if (keys.Length > 1 && TryAddAlike(entries, position, keys))
        {
            keys = [];
        }

        foreach (var key in keys)
        {
            AddTypename(entries, EntrySteps.NamesNoType(graph, key.Lookup) ? key.Lookup.TypeName : null, key.Types);
        }

        foreach (var key in keys)
        {
            if (!TryAdd(entries, position.Shape, key.Types, key.Lookup.Key, key.Lookup.Source, isKey: true))
            {
                return false;
            }
        }

        foreach (var use in requirements)
        {
            if (!TryAdd(entries, position.Shape, use.Types, use.Requirement.Selection, use.Requirement.Source, isKey: false))
            {
                return false;
            }
        }

        return true;
    }

    // PERF: hundreds of types of an interface mostly have the same key, of one leaf that one slot holds. False, with nothing added: each by itself.
    private bool TryAddAlike(List<TemplateEntry> entries, Position position, ReadOnlySpan<KeyUse> keys)
    {
        var first = keys[0].Lookup;
        if (entries.Count > 0 || first.Key.Selections is not [FieldNode { SelectionSet: null, Name.Value: not "__typename" } node] || EntrySteps.NamesNoType(graph, first))
        {
            return false;
        }

        var (text, all) = (graph.KeyOf(first), default(TypeSetBuilder));
        foreach (var key in keys)
        {
            if (key.Lookup.Source != first.Source || graph.KeyOf(key.Lookup) != text || EntrySteps.NamesNoType(graph, key.Lookup))
            {
                return false;
            }

            all.Add(key.Types);
        }

        var types = all.Take();
        if (Cover(position.Shape, types, node) is not [var (slot, covered)] || nulls.Of(slot, covered, first.Source) is not [_])
        {
            return false;
        }

        AddTypename(entries, null, types);
        return TryAdd(entries, position.Shape, types, node, first.Source, isKey: true);
    }

    /// <summary>The value of a mapped argument.</summary>
    /// <param name="position">Where the map begins.</param>
    /// <param name="types">The runtime types of the objects there.</param>
    /// <param name="argument">The argument with its map.</param>
    /// <param name="isKey">True: an object with a null in it has no value.</param>
    public ValueTemplate Mapped(Position position, TypeSet types, MappedArgument argument, bool isKey)
    {
        origin = position;
        return Mapped(position.Shape, types, argument.Map, NullRules.Of(argument), isKey);
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
            alternatives.Add(new ContextAlternative(setter.Depth, setter.Types, Selected(setter.Above.Shape, setter.Types, argument.Selection, NullRules.Of(argument.Type))));
        }

        return new ContextTemplate(alternatives.ToImmutable());
    }

    // The one value of a selection: of a field, or of the type condition that holds.
    private ValueTemplate Selected(ResultShape shape, TypeSet types, SelectionSetNode selection, NullRules? rules)
    {
        var alternatives = ImmutableArray.CreateBuilder<ChoiceAlternative>();
        foreach (var item in selection.Selections)
        {
            if (item is InlineFragmentNode fragment)
            {
                if (slots.Narrow(types, fragment) is { IsEmpty: false } narrowed)
                {
                    alternatives.Add(new ChoiceAlternative(narrowed, Selected(shape, narrowed, fragment.SelectionSet, rules)));
                }

                continue;
            }

            var node = (FieldNode)item;
            foreach (var (field, part) in Cover(shape, types, node))
            {
                alternatives.Add(new ChoiceAlternative(part, field.Shape is { } inner && node.SelectionSet is { } below
                    ? Through(field, rules, inside => Selected(inner, slots.TypesBelow(field, inner, part), below, inside))
                    : Leaf(field, rules)));
            }
        }

        return alternatives is [var only] && only.AppliesTo == types ? only.Value : new ChoiceTemplate(alternatives.ToImmutable());
    }

    private static LeafTemplate Leaf(ResultField field, NullRules? rules) => new(field) { NonNullItems = rules?.NonNullItems(Unfit.Lists(field)) ?? 0 };

    private static CompositeTemplate Through(ResultField field, NullRules? rules, Func<NullRules?, ValueTemplate> inner)
    {
        var lists = Unfit.Lists(field);
        return new CompositeTemplate(field, inner(rules?.Inside(lists))) { NonNullItems = rules?.NonNullItems(lists) ?? 0 };
    }

    private ValueTemplate Mapped(ResultShape shape, TypeSet types, SelectedValueNode map, NullRules? rules, bool isKey)
    {
        if (map.Entries is [var only])
        {
            return Mapped(shape, types, only, rules, isKey, isAlternative: false);
        }

        return new ChoiceTemplate([.. map.Entries.Select(entry => new ChoiceAlternative(
            entry.Path?.TypeName is { } condition ? types.Intersect(graph.PossibleTypes(condition.Value)) : types,
            Mapped(shape, types, entry, rules, isKey, isAlternative: true)))]);
    }

    private static void AddTypename(List<TemplateEntry> entries, string? fixedName, TypeSet types, bool isKey = true)
    {
        foreach (ref var entry in CollectionsMarshal.AsSpan(entries))
        {
            if (entry.Value is TypenameTemplate known && known.FixedName == fixedName)
            {
                entry = entry with { AppliesTo = entry.AppliesTo.Union(types), IsKey = entry.IsKey || isKey };
                return;
            }
        }

        entries.Add(new TemplateEntry("__typename", new TypenameTemplate(fixedName), types, isKey));
    }

    private bool TryAdd(List<TemplateEntry> entries, ResultShape shape, TypeSet types, SelectionSetNode selection, SourceSchema source, bool isKey)
    {
        foreach (var item in selection.Selections)
        {
            if (item is InlineFragmentNode fragment)
            {
                var narrowed = slots.Narrow(types, fragment);
                if (!narrowed.IsEmpty && !TryAdd(entries, shape, narrowed, fragment.SelectionSet, source, isKey))
                {
                    return false;
                }
            }
            else if (item is FieldNode node && node.Name.Value != "__typename" && !TryAdd(entries, shape, types, node, source, isKey))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryAdd(List<TemplateEntry> entries, ResultShape shape, TypeSet types, FieldNode node, SourceSchema source, bool isKey)
    {
        foreach (var (covered, coveredTypes) in Cover(shape, types, node))
        {
            foreach (var (part, items, isNonNull) in nulls.Of(covered, coveredTypes, source))
            {
                if (!TryAdd(entries, covered, part, items, isNonNull, node, source, isKey))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool TryAdd(
        List<TemplateEntry> entries, ResultField field, TypeSet part, int items, bool isNonNull, FieldNode node, SourceSchema source, bool isKey)
    {
        bool IsOf(TemplateEntry entry) => entry.Name == node.Name.Value && FieldOf(entry.Value) == (field, items) && entry.IsNonNull == isNonNull;

        if (entries.Exists(entry => entry.Name == node.Name.Value && entry.AppliesTo.Overlaps(part) && !IsOf(entry)))
        {
            return false;
        }

        if (field.Shape is not { } inner || node.SelectionSet is null)
        {
            var index = entries.FindIndex(IsOf);
            var leaf = new TemplateEntry(node.Name.Value, new LeafTemplate(field) { NonNullItems = items }, part, isKey) { IsNonNull = isNonNull };
            if (index < 0)
            {
                entries.Add(leaf);
            }
            else
            {
                entries[index] = leaf with { AppliesTo = entries[index].AppliesTo.Union(part), IsKey = isKey || entries[index].IsKey };
            }

            return true;
        }

        // Of some of the objects more may be carried below it than of others.
        var rest = part;
        for (var (i, count) = (0, entries.Count); i < count; i++)
        {
            var common = IsOf(entries[i]) ? entries[i].AppliesTo.Intersect(rest) : default;
            if (!common.IsEmpty)
            {
                rest = rest.Except(common);
                if (Composite(field, inner, common, entries[i], node.SelectionSet, source, isKey) is not { } more)
                {
                    return false;
                }

                var known = entries[i];
                entries[i] = known with { AppliesTo = known.AppliesTo.Except(common) };
                TemplateEntries.Join(entries, known with { Value = more with { NonNullItems = items }, AppliesTo = common, IsKey = isKey || known.IsKey });
            }
        }

        entries.RemoveAll(static entry => entry.AppliesTo.IsEmpty);
        if (rest.IsEmpty)
        {
            return true;
        }

        var added = Composite(field, inner, rest, known: null, node.SelectionSet, source, isKey);
        if (added is not null)
        {
            TemplateEntries.Join(entries, new TemplateEntry(node.Name.Value, added with { NonNullItems = items }, rest, isKey) { IsNonNull = isNonNull });
        }

        return added is not null;
    }

    // Fields that clients cannot see are not named to them.
    private string? WhenUnfit(TemplateEntry entry) => entry.IsKey || !(entry.IsNonNull || Unfit.IsChecked(entry.Value)) ? null
        : ReadsPublicFields(entry.Value) ? $"The field requires \"{entry.Name}\" of its object without a null in it, and one is there."
        : "The field requires another one of its object without a null in it, and one is there.";

    private CompositeTemplate? Composite(
        ResultField field, ResultShape inner, TypeSet above, TemplateEntry? known, SelectionSetNode selection, SourceSchema source, bool isKey)
    {
        var below = known?.Value is CompositeTemplate { Inner: ObjectTemplate template } ? template.Entries.ToList() : [];
        source = slots.SourceBelow(source, above, field.Definition.Name);
        // An object of an abstract type always says what it is; another one where it is asked to.
        var isAbstract = inner.Type is not ObjectType;
        if (isAbstract ? below.Count == 0 : AsksName(selection))
        {
            foreach (var group in slots.TypesOf(inner).Ordinals().Where(type => !slots.IsNameless(source, type)).GroupBy(type => slots.NameFor(source, type)))
            {
                AddTypename(below, group.Key, group.Aggregate(default(TypeSet), (all, type) => all.With(type)), isAbstract || isKey);
            }
        }

        return TryAdd(below, inner, slots.TypesBelow(field, inner, above), selection, source, isKey) ? new CompositeTemplate(field, new ObjectTemplate([.. below])) : null;
    }

    private static bool AsksName(SelectionSetNode selection) => selection.Selections.Any(static item => item is FieldNode { Name.Value: "__typename" }
        || (item is InlineFragmentNode fragment && AsksName(fragment.SelectionSet)));

    private List<(ResultField Field, TypeSet Types)> Cover(ResultShape shape, TypeSet types, FieldNode node) =>
        shape == origin!.Shape ? slots.Cover(shape, types, node, origin.InseparableTypes) : slots.CoverBelow(shape, types, node);

    private static (ResultField? Field, int NonNullItems) FieldOf(ValueTemplate value) => value switch
    {
        LeafTemplate leaf => (leaf.Field, leaf.NonNullItems),
        CompositeTemplate composite => (composite.Field, composite.NonNullItems),
        _ => (null, 0),
    };

    private ValueTemplate Mapped(ResultShape shape, TypeSet types, SelectedValueEntryNode entry, NullRules? rules, bool isKey, bool isAlternative)
    {
        if (entry.Path is not { } path)
        {
            return Object(shape, types, entry.Object!, rules, isKey, isAlternative);
        }

        var narrowed = path.TypeName is { } condition ? types.Intersect(graph.PossibleTypes(condition.Value)) : types;
        var value = Step(shape, narrowed, entry, 0, rules, isKey, isAlternative);
        return narrowed == types ? value : new ChoiceTemplate([new ChoiceAlternative(narrowed, value)]);
    }

    // One segment of the path, and what follows it.
    private ValueTemplate Step(ResultShape shape, TypeSet types, SelectedValueEntryNode entry, int index, NullRules? rules, bool isKey, bool isAlternative)
    {
        var segment = entry.Path!.Segments[index];
        var alternatives = ImmutableArray.CreateBuilder<ChoiceAlternative>();
        foreach (var (field, part) in Cover(shape, types, AsField(segment.FieldName, segment.Arguments)))
        {
            alternatives.Add(new ChoiceAlternative(part, field.Shape is { } inner
                ? Through(field, rules, inside => Below(field, inner, part, segment, entry, index, inside, isKey, isAlternative))
                : Leaf(field, rules)));
        }

        return alternatives is [var only] ? only.Value : new ChoiceTemplate(alternatives.ToImmutable());
    }

    private ValueTemplate Below(
        ResultField field, ResultShape inner, TypeSet above, PathSegmentNode segment, SelectedValueEntryNode entry, int index, NullRules? rules, bool isKey, bool isAlternative)
    {
        var all = slots.TypesBelow(field, inner, above);
        var types = segment.TypeName is { } condition ? all.Intersect(graph.PossibleTypes(condition.Value)) : all;
        var value = index + 1 < entry.Path!.Segments.Length ? Step(inner, types, entry, index + 1, rules, isKey, isAlternative)
            : entry.Object is { } @object ? Object(inner, types, @object, rules, isKey, isAlternative)
            : Items(inner, types, entry.List!, rules, isKey);
        return types == all ? value : new ChoiceTemplate([new ChoiceAlternative(types, value)]);
    }

    // A composite template maps nested lists too, so that the brackets' depth does not matter.
    private ValueTemplate Items(ResultShape inner, TypeSet types, SelectedListNode list, NullRules? rules, bool isKey)
    {
        while (list.List is { } nested)
        {
            list = nested;
        }

        return Mapped(inner, types, list.Value!, rules, isKey);
    }

    private ObjectTemplate Object(ResultShape shape, TypeSet types, SelectedObjectNode node, NullRules? rules, bool isKey, bool isAlternative)
    {
        var entries = ImmutableArray.CreateBuilder<TemplateEntry>();
        foreach (var field in node.Fields)
        {
            var own = rules?.Of(field.Name.Value);
            var isPartOfKey = isKey || (isAlternative && Maps.Decides(node, field));
            IEnumerable<(ValueTemplate Value, TypeSet Types)> values = field.Value is { } value
                ? [(Mapped(shape, types, value, own, isKey), types)]
                : Cover(shape, types, AsField(field.Name, field.Arguments)).Select(part => ((ValueTemplate)Leaf(part.Field, own), part.Types));
            entries.AddRange(values.Select(part =>
                new TemplateEntry(field.Name.Value, part.Value, part.Types, isPartOfKey) { IsNonNull = own?.IsNonNull == true }));
        }

        return new ObjectTemplate(entries.ToImmutable());
    }

    private static FieldNode AsField(NameNode name, ImmutableArray<ArgumentNode> arguments) =>
        new(name.Start, name.End, alias: null, name, arguments, directives: [], selectionSet: null);
}
