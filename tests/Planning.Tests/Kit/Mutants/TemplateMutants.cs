using GraphGateway.TypeSystem;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// Values for a source with one thing changed. Types are changed only where objects of the type can be: an entry for others is never written.
/// </summary>
internal static class TemplateMutants
{
    public static IEnumerable<(string What, ValueTemplate Value)> Of(QueryPlan plan, FetchStep step, FetchInput input) =>
        new Writer(plan, step, input.IsKey ? input.Value : null).Of(input.Value, step.Path is [.., var last] ? last.Shape! : plan.Root, step.TargetTypes);

    private sealed class Writer(QueryPlan plan, FetchStep step, ValueTemplate? key)
    {
        public IEnumerable<(string What, ValueTemplate Value)> Of(ValueTemplate value, ResultShape at, TypeSet types) => value switch
        {
            LeafTemplate leaf => Others(leaf.Field, at).Select(other => ($"{leaf.Field} instead {other}", (ValueTemplate)new LeafTemplate(other)))
                .Append(("a name instead of a value", new TypenameTemplate("Nobody")))
                .Concat(Nulls(leaf.Field).Select(bit => ($"{leaf.Field} otherwise with a null in it", (ValueTemplate)(leaf with { NonNullItems = leaf.NonNullItems ^ bit })))),
            CompositeTemplate composite => Others(composite.Field, at).Where(other => other.Shape is not null)
                .Select(other => ($"{composite.Field} instead {other}", (ValueTemplate)(composite with { Field = other })))
                .Concat(Of(composite.Inner, composite.Field.Shape!, Arrived(composite.Field))
                    .Select(inner => ($"{composite.Field}: {inner.What}", (ValueTemplate)(composite with { Inner = inner.Value }))))
                .Concat(Nulls(composite.Field)
                    .Select(bit => ($"{composite.Field} otherwise with a null in it", (ValueTemplate)(composite with { NonNullItems = composite.NonNullItems ^ bit })))),
            TypenameTemplate typename => OtherNames(typename).Prepend(typename.FixedName is null
                ? ("a name that is always the same", new TypenameTemplate(at.Type.Name + "x"))
                : ("another name", new TypenameTemplate(typename.FixedName + "x"))),
            ObjectTemplate @object => Entries(@object, at, types).Concat(Exchanged(@object, types)),
            ChoiceTemplate choice => Alternatives(choice, at, types),
            ContextTemplate context => Contexts(context),
            _ => [],
        };

        // By the field's lists.
        private static IEnumerable<int> Nulls(ResultField field) => Enumerable.Range(0, field.Definition.Type.ToString()!.Count(c => c == '[')).Select(depth => 1 << depth);

        // By which the source knows objects, too.
        private IEnumerable<(string What, ValueTemplate Value)> OtherNames(TypenameTemplate typename) => plan.Supergraph.Types
            .Where(type => type.Name != typename.FixedName && type.In(step.Source) is { IsInterfaceObject: true })
            .Select(type => ($"the name of {type.Name}", (ValueTemplate)new TypenameTemplate(type.Name)));

        // Another slot of the same call has the same value.
        private static IEnumerable<ResultField> Others(ResultField field, ResultShape at) =>
            at.Fields.Where(other => other.Definition.Name != field.Definition.Name || !other.HasArguments(field.Arguments)).Take(3);

        // What the steps that fill a slot say of it; nothing where none does, and then nothing is written either.
        private TypeSet Arrived(ResultField field)
        {
            var types = default(TypeSet);
            foreach (var filling in plan.Steps)
            {
                foreach (var read in Reads(filling.Selection).Where(read => read.Target == field))
                {
                    types = types.Union(new SourceFacts(plan.Supergraph, filling.Source, []).PossibleTypes(SourceFacts.NamedOf(read.SourceType)));
                }
            }

            return types;
        }

        private static IEnumerable<FetchField> Reads(FetchSelectionSet selection) =>
            selection.Fields.SelectMany(read => (read.Selection is { } below ? Reads(below) : []).Prepend(read));

        private IEnumerable<(string What, ValueTemplate Value)> Entries(ObjectTemplate @object, ResultShape at, TypeSet types)
        {
            for (var i = 0; i < @object.Entries.Length; i++)
            {
                var entry = @object.Entries[i];
                if (!entry.AppliesTo.Overlaps(types))
                {
                    continue;
                }

                yield return ($"entry {entry.Name} dropped", new ObjectTemplate(@object.Entries.RemoveAt(i)));
                yield return ($"entry {entry.Name} doubled", new ObjectTemplate(@object.Entries.Add(entry)));
                yield return ($"entry {entry.Name} by two names", new ObjectTemplate(@object.Entries.Add(entry with { Name = entry.Name + "x" })));
                yield return ($"entry {entry.Name} by another name", new ObjectTemplate(@object.Entries.SetItem(i, entry with { Name = entry.Name + "x" })));
                if (entry.Name != "__typename")
                {
                    // A type's name is never null.
                    yield return ($"entry {entry.Name} {(entry.IsNonNull ? "may be null" : "must not be null")}", new ObjectTemplate(@object.Entries.SetItem(i, entry with { IsNonNull = !entry.IsNonNull })));
                    yield return ($"entry {entry.Name} tells otherwise of what does not fit", new ObjectTemplate(@object.Entries.SetItem(i, entry with { WhenUnfit = entry.WhenUnfit is null ? "No." : null })));
                    yield return ($"entry {entry.Name} is a part of the key or is not", new ObjectTemplate(@object.Entries.SetItem(i, entry with { IsKey = !entry.IsKey })));
                }

                foreach (var less in PlanMutants.Less(entry.AppliesTo.Intersect(types)))
                {
                    yield return ($"entry {entry.Name} of less types", new ObjectTemplate(@object.Entries.SetItem(i, entry with { AppliesTo = less })));
                }

                foreach (var more in PlanMutants.More(entry.AppliesTo.Intersect(types), types))
                {
                    yield return ($"entry {entry.Name} of more types", new ObjectTemplate(@object.Entries.SetItem(i, entry with { AppliesTo = more })));
                }

                foreach (var (what, inner) in Of(entry.Value, at, types.Intersect(entry.AppliesTo)))
                {
                    yield return ($"{entry.Name}: {what}", new ObjectTemplate(@object.Entries.SetItem(i, entry with { Value = inner })));
                }
            }
        }

        private static IEnumerable<(string What, ValueTemplate Value)> Exchanged(ObjectTemplate @object, TypeSet types)
        {
            foreach (var ((_, first), (i, second)) in SyntaxMutants.Pairs(@object.Entries.Index()))
            {
                if (first.AppliesTo.Intersect(second.AppliesTo).Overlaps(types))
                {
                    yield return ($"entries {first.Name} and {second.Name} with each other's value", new ObjectTemplate(
                        @object.Entries.SetItem(i - 1, first with { Value = second.Value }).SetItem(i, second with { Value = first.Value })));
                }
            }
        }

        private IEnumerable<(string What, ValueTemplate Value)> Alternatives(ChoiceTemplate choice, ResultShape at, TypeSet types)
        {
            for (var i = 0; i < choice.Alternatives.Length; i++)
            {
                var alternative = choice.Alternatives[i];
                if (!alternative.AppliesTo.Overlaps(types))
                {
                    continue;
                }

                yield return ($"alternative {i} dropped", new ChoiceTemplate(choice.Alternatives.RemoveAt(i)));
                // Who has a key that is never null can do without any before it.
                var canDoWithout = choice == key && choice.Alternatives.Skip(i + 1).Any(later => !CanBeNull(later.Value));
                foreach (var less in canDoWithout ? [] : PlanMutants.Less(alternative.AppliesTo.Intersect(types)))
                {
                    yield return ($"alternative {i} of less types", new ChoiceTemplate(choice.Alternatives.SetItem(i, alternative with { AppliesTo = less })));
                }

                foreach (var (what, inner) in Of(alternative.Value, at, types.Intersect(alternative.AppliesTo)))
                {
                    yield return ($"alternative {i}: {what}", new ChoiceTemplate(choice.Alternatives.SetItem(i, alternative with { Value = inner })));
                }

                // Which of two comes first is no matter where no object has both, nor of two keys that can be null.
                if (i > 0 && (choice != key || !CanBeNull(alternative.Value)) && choice.Alternatives[i - 1].AppliesTo.Intersect(alternative.AppliesTo).Overlaps(types))
                {
                    yield return ($"alternatives {i - 1} and {i} swapped", new ChoiceTemplate(
                        choice.Alternatives.SetItem(i, choice.Alternatives[i - 1]).SetItem(i - 1, alternative)));
                }
            }
        }

        private static bool CanBeNull(ValueTemplate value) => value is not ObjectTemplate @object
            || @object.Entries.Any(entry => entry.IsKey && TemplateText.FieldsOf(entry.Value).Any(field => !field.Definition.Type.IsNonNull));

        private IEnumerable<(string What, ValueTemplate Value)> Contexts(ContextTemplate context)
        {
            for (var i = 0; i < context.Alternatives.Length; i++)
            {
                var alternative = context.Alternatives[i];
                yield return ($"context {i} dropped", new ContextTemplate(context.Alternatives.RemoveAt(i)));
                yield return ($"context {i} from further up", With(context, i, alternative with { Depth = alternative.Depth - 1 }));
                yield return ($"context {i} from further down", With(context, i, alternative with { Depth = alternative.Depth + 1 }));
                foreach (var types in PlanMutants.Less(alternative.AppliesTo))
                {
                    yield return ($"context {i} of other types", With(context, i, alternative with { AppliesTo = types }));
                }

                if (alternative.Depth < step.Path.Length)
                {
                    foreach (var (what, inner) in Of(alternative.Value, step.Path[alternative.Depth].Parent, alternative.AppliesTo))
                    {
                        yield return ($"context {i}: {what}", With(context, i, alternative with { Value = inner }));
                    }
                }
            }

            if (context.Alternatives.Length > 1)
            {
                yield return ("the furthest context first", new ContextTemplate([.. context.Alternatives.Reverse()]));
            }
        }

        private static ContextTemplate With(ContextTemplate context, int index, ContextAlternative alternative) =>
            new(context.Alternatives.SetItem(index, alternative));
    }
}
