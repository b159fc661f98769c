using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// Plans whose answer has another shape: a slot more or less, or one thing of a slot changed. The plan is copied, for shapes refer to each other.
/// A hidden slot of more types is no mutant: what nobody fills or reads is there for nothing, and does nothing.
/// </summary>
internal static class ShapeMutants
{
    public static IEnumerable<(string What, QueryPlan Plan)> Of(QueryPlan plan)
    {
        foreach (var shape in Shapes(plan.Root))
        {
            yield return ($"{shape.Type.Name} of another type", new Copy(plan) { Retyped = shape }.Plan());
            foreach (var field in shape.Fields)
            {
                foreach (var (what, change) in Of(plan, field))
                {
                    yield return ($"{field}: {what}", new Copy(plan) { Changed = field, Change = change }.Plan());
                }

                if (!field.IsHidden)
                {
                    yield return ($"{field} not in the answer", new Copy(plan) { Dropped = field }.Plan());
                }
            }

            // The order of hidden slots is nobody's business, and of two slots for one selection an object has one.
            if (shape.Fields.Any(field => !field.IsHidden) && shape.Fields.Select(field => field.Selection).Distinct().Skip(1).Any())
            {
                yield return ($"{shape.Type.Name} in another order", new Copy(plan) { Reversed = shape }.Plan());
            }
        }
    }

    private static IEnumerable<ResultShape> Shapes(ResultShape shape) =>
        shape.Fields.Where(field => field.Shape is not null).SelectMany(field => Shapes(field.Shape!)).Prepend(shape);

    private static IEnumerable<(string What, Func<Slot, Slot> Change)> Of(QueryPlan plan, ResultField field)
    {
        yield return ("in another slot", slot => slot with { Number = slot.Number + 1 });
        yield return ("hidden or not", slot => slot with { IsHidden = !slot.IsHidden });
        yield return ("by another key", slot => slot with { Key = field.IsHidden ? "shown" : slot.Key + "x" });
        var meta = field.Definition == MetaFields.Typename ? plan.Supergraph.PublicSchema.SchemaField : MetaFields.Typename;
        yield return ("another field", slot => slot with { Definition = meta });
        if (!field.IsHidden)
        {
            yield return ("not what the client selected", slot => slot with { Selection = null });
            foreach (var types in PlanMutants.More(field.AppliesTo, TypeSet.Of(plan.Supergraph.FullSchema.ObjectTypes)))
            {
                yield return ("of more types", slot => slot with { AppliesTo = types });
            }

            foreach (var types in PlanMutants.Less(field.AppliesTo))
            {
                yield return ("of less types", slot => slot with { AppliesTo = types });
            }
        }
        else
        {
            var argument = new ArgumentNode(0, 0, new NameNode("nobodys", -1), new NullValueNode(0, 0));
            yield return ("called otherwise", slot => slot with { Arguments = slot.Arguments.Add(argument) });
        }
    }

    private sealed record Slot(
        int Number, string Key, bool IsHidden, FieldDefinition Definition, TypeSet AppliesTo, NormalizedField? Selection, ImmutableArray<ArgumentNode> Arguments);

    private sealed class Copy(QueryPlan plan)
    {
        private readonly Dictionary<ResultField, ResultField> fields = [];

        public ResultShape? Retyped { get; init; }

        public ResultShape? Reversed { get; init; }

        public ResultField? Dropped { get; init; }

        public ResultField? Changed { get; init; }

        public Func<Slot, Slot> Change { get; init; } = slot => slot;

        public QueryPlan Plan()
        {
            var root = Of(plan.Root);
            return new QueryPlan(plan.Supergraph, plan.Operation, root, [.. plan.Steps.Select(Of)], [.. plan.Unservable.Where(Stays).Select(Of)])
            {
                Bounds = plan.Bounds,
                OnlyTogether = [.. plan.OnlyTogether.Where(Stays).Select(Of)],
            };
        }

        private bool Stays(UnservableField gap) => fields.ContainsKey(gap.Field);

        private UnservableField Of(UnservableField gap) => gap with { Field = fields[gap.Field] };

        private ResultShape Of(ResultShape shape)
        {
            var type = shape != Retyped ? shape.Type : plan.Supergraph.FullSchema.ObjectTypes.First(other => other.Name != shape.Type.Name);
            var copy = new ResultShape(type);
            foreach (var field in shape == Reversed ? shape.Fields.Reverse() : shape.Fields)
            {
                if (field != Dropped)
                {
                    fields.Add(field, copy.Add(Of(field, copy)));
                }
            }

            return copy;
        }

        private ResultField Of(ResultField field, ResultShape parent)
        {
            var number = parent.Fields.Count;
            var slot = new Slot(number, field.Key, field.IsHidden, field.Definition, field.AppliesTo, field.Selection, field.IsHidden ? field.Arguments : []);
            slot = field == Changed ? Change(slot) : slot;
            var below = field.Shape is null ? null : Of(field.Shape);
            return new ResultField(parent, slot.Number, slot.Key, slot.IsHidden, slot.Definition, slot.AppliesTo, below)
            {
                Selection = slot.Selection,
                HiddenArguments = slot.Arguments,
            };
        }

        private FetchStep Of(FetchStep step) => step with
        {
            Path = [.. step.Path.Where(fields.ContainsKey).Select(field => fields[field])],
            Inputs = [.. step.Inputs.Select(input => input with { Value = Of(input.Value) })],
            Selection = Of(step.Selection),
        };

        private FetchSelectionSet Of(FetchSelectionSet selection) => selection with
        {
            Fields =
            [
                .. selection.Fields.Where(read => fields.ContainsKey(read.Target))
                    .Select(read => read with { Target = fields[read.Target], Selection = read.Selection is null ? null : Of(read.Selection) }),
            ],
        };

        private ValueTemplate Of(ValueTemplate value) => value switch
        {
            LeafTemplate leaf => leaf with { Field = fields.GetValueOrDefault(leaf.Field, leaf.Field) },
            CompositeTemplate composite => composite with { Field = fields.GetValueOrDefault(composite.Field, composite.Field), Inner = Of(composite.Inner) },
            ObjectTemplate @object => new ObjectTemplate([.. @object.Entries.Select(entry => entry with { Value = Of(entry.Value) })]),
            ContextTemplate context => new ContextTemplate([.. context.Alternatives.Select(alternative => alternative with { Value = Of(alternative.Value) })]),
            ChoiceTemplate choice => new ChoiceTemplate([.. choice.Alternatives.Select(alternative => alternative with { Value = Of(alternative.Value) })]),
            _ => value,
        };
    }
}
