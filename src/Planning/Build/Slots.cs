using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// The slots of the answer: those that the client selected, and the hidden ones that keys and requirements need.
/// A requirement reads a visible slot where it has the same field with the same arguments, whatever its alias.
/// </summary>
internal sealed class Slots(PlanningGraph graph)
{
    private readonly SlotIndex index = new();

    /// <summary>The slots that together hold the field for all the types; made when they are missing.</summary>
    /// <param name="shape">Where.</param>
    /// <param name="types">For which runtime types.</param>
    /// <param name="node">The field with constant arguments.</param>
    /// <param name="inseparable">Types that one slot must hold together, see <see cref="Position.InseparableTypes"/>; null when there are none.</param>
    public List<(ResultField Field, TypeSet Types)> Cover(ResultShape shape, TypeSet types, FieldNode node, TypeSet? inseparable)
    {
        var parts = new List<(ResultField, TypeSet)>(1);
        var rest = types;
        foreach (var field in index.Called(shape, node.Name.Value))
        {
            if (rest.IsEmpty)
            {
                break;
            }

            var common = field.AppliesTo.Intersect(rest);
            if (!common.IsEmpty && (!field.IsWhole || common == field.AppliesTo) && (inseparable is not { } all || all.IsSubsetOf(field.AppliesTo) || !IsOfAll(shape, node)) && IsSameCall(field, node))
            {
                parts.Add((field, common));
                rest = rest.Except(common);
            }
        }

        if (rest.IsEmpty)
        {
            return parts;
        }

        foreach (var (definition, part) in FieldDefinitions.Of(graph, shape, rest, node.Name.Value))
        {
            var isSplit = definition.Type.Named is CompositeType && graph.IsSplit(shape.Type);
            if (inseparable is { } all && IsOfAll(shape, node) && (!isSplit || graph.IsOfInterfaceObject(shape.Type, node.Name.Value)))
            {
                parts.Add((Hidden(shape, all, node, definition, isWhole: isSplit && graph.PartsOf(all, node.Name.Value).Count > 1), part));
                continue;
            }

            foreach (var own in isSplit ? graph.PartsOf(part, node.Name.Value) : [part])
            {
                parts.Add((Hidden(shape, own, node, definition), own));
            }
        }

        return parts;
    }

    /// <summary>
    /// The same below a field that is required. Where objects there may come without their types, a leaf that clients ask of some types each is read of all in a slot of its own:
    /// which of theirs counts would hang on the types.
    /// </summary>
    public List<(ResultField Field, TypeSet Types)> CoverBelow(ResultShape shape, TypeSet types, FieldNode node) => Cover(
        shape, types, node, node.SelectionSet is null && graph.Find(shape.Type.Name)?.BySource.Any(static at => at is { IsInterfaceObject: true }) == true && shape.Type is InterfaceType
            ? TypesOf(shape)
            : null);

    /// <summary>The demands for everything selected on objects of these types at the shape.</summary>
    /// <param name="shape">Where.</param>
    /// <param name="types">The runtime types.</param>
    /// <param name="selection">What is selected.</param>
    /// <param name="inseparable">See <see cref="Cover"/>.</param>
    /// <param name="carriedTo">The source that gets it in a representation: objects of abstract types are sent with their <c>__typename</c>. Null for others.</param>
    /// <param name="isBelow">True below a field that is required (<see cref="CoverBelow"/>).</param>
    public ImmutableArray<Demand> DemandsFor(
        ResultShape shape, TypeSet types, SelectionSetNode selection, TypeSet? inseparable = null, SourceSchema? carriedTo = null, bool isBelow = false)
    {
        var demands = ImmutableArray.CreateBuilder<Demand>();
        AddDemands(shape, types, selection, inseparable, carriedTo, isBelow, demands);
        return demands.DrainToImmutable();
    }

    /// <summary>The types out of <paramref name="types"/> that an inline fragment is for.</summary>
    public TypeSet Narrow(TypeSet types, InlineFragmentNode fragment) =>
        fragment.TypeCondition is { } condition ? types.Intersect(graph.PossibleTypes(condition.Name.Value)) : types;

    private void AddDemands(
        ResultShape shape, TypeSet types, SelectionSetNode selection, TypeSet? inseparable, SourceSchema? carriedTo, bool isBelow, ImmutableArray<Demand>.Builder demands)
    {
        foreach (var item in selection.Selections)
        {
            if (item is InlineFragmentNode fragment)
            {
                var narrowed = Narrow(types, fragment);
                if (!narrowed.IsEmpty)
                {
                    AddDemands(shape, narrowed, fragment.SelectionSet, inseparable, carriedTo, isBelow, demands);
                }
            }
            else if (item is FieldNode node && node.Name.Value != "__typename")
            {
                foreach (var (field, part) in isBelow ? CoverBelow(shape, types, node) : Cover(shape, types, node, inseparable))
                {
                    var below = carriedTo is null || field.Shape is null ? null : SourceBelow(carriedTo, part, node.Name.Value);
                    var children = field.Shape is { } inner && node.SelectionSet is not null
                        ? DemandsFor(inner, TypesBelow(field, inner, part), node.SelectionSet, inseparable: null, below, isBelow: true)
                        : default;
                    demands.Add(new Demand(field, part, children, default) { NeedsTypes = NamesTypes(field.Shape, node.SelectionSet, below) });
                }
            }
        }
    }

    /// <summary>
    /// The name by which a source knows objects of a type that are carried to it: an interface's, where it has an object in the interface's place
    /// and not the type itself. Null: by their own.
    /// </summary>
    public string? NameFor(SourceSchema source, int type) =>
        graph.ObjectAt(type).BySource[source.Ordinal] is { IsInterfaceObject: true } at ? at.Name : null;

    /// <summary>Where a source knows, by what name, the objects below a field of some types.</summary>
    public SourceSchema SourceBelow(SourceSchema source, TypeSet types, string field)
    {
        foreach (var type in types.Ordinals())
        {
            if (graph.ObjectAt(type).BySource[source.Ordinal]?.Fields.GetValueOrDefault(field)?.Below is { } below)
            {
                return below.Source;
            }
        }

        return graph.SourceOf(source);
    }

    private bool NamesTypes(ResultShape? inner, SelectionSetNode? selection, SourceSchema? carriedTo) =>
        inner is { Type: not ObjectType } && selection is not null
        && ((carriedTo is not null && !IsNameless(carriedTo, inner, selection) && HasSeveralNames(carriedTo, TypesOf(inner)))
            || selection.Selections.Any(item => item is InlineFragmentNode));

    // Objects of an interface that no object type implements are carried without a name, as Apollo does it: there is none, and nobody asked for it.
    private bool IsNameless(SourceSchema source, ResultShape inner, SelectionSetNode selection) =>
        !selection.Selections.Any(item => item is FieldNode { Name.Value: "__typename" })
        && TypesOf(inner).Ordinals().All(type => IsNameless(source, type));

    /// <summary>True for the objects of an interface that no object type implements, in any source, where the source knows the interface and no object in its place.</summary>
    public bool IsNameless(SourceSchema source, int type) => UntoldTypes.IsOne(graph.Schema.ObjectTypes[type]) && NameFor(source, type) is null;

    private bool HasSeveralNames(SourceSchema source, TypeSet types)
    {
        string? only = null;
        foreach (var type in types.Ordinals())
        {
            if (NameFor(source, type) is not { } name || (only is not null && only != name))
            {
                return true;
            }

            only = name;
        }

        return false;
    }

    /// <summary>The types that can be below a field of objects of some types: a type's own field may lead to fewer than that of its interface.</summary>
    /// <param name="field">The field.</param>
    /// <param name="inner">What is below it.</param>
    /// <param name="types">The types of the objects.</param>
    public TypeSet TypesBelow(ResultField field, ResultShape inner, TypeSet types)
    {
        var all = TypesOf(inner);
        if (inner.Type is ObjectType)
        {
            return all;
        }

        var below = default(TypeSet);
        foreach (var ordinal in types.Ordinals())
        {
            var own = graph.Schema.ObjectTypes[ordinal].FindField(field.Definition.Name)?.Type.Named;
            if (own is null || own.Name == inner.Type.Name)
            {
                return all;
            }

            below = below.Union(graph.PossibleTypes(own.Name));
        }

        return below.Intersect(all);
    }

    /// <summary>What objects of a shape can be of which something is carried.</summary>
    public TypeSet TypesOf(ResultShape shape) => UntoldTypes.WithoutInner(graph.Schema, graph.PossibleTypes(shape.Type.Name));

    private bool IsOfAll(ResultShape shape, FieldNode node) =>
        graph.Schema.FindType(shape.Type.Name) is CompositeType composite && composite.FindField(node.Name.Value) is not null;

    private static bool IsSameCall(ResultField field, FieldNode node)
    {
        if (field.Definition.Name != node.Name.Value || Demand.IsFilledWithoutSteps(field))
        {
            return false;
        }

        return field.HasArguments(node.Arguments);
    }

    private ResultField Hidden(ResultShape shape, TypeSet types, FieldNode node, FieldDefinition definition, bool isWhole = false)
    {
        foreach (var field in index.Called(shape, node.Name.Value))
        {
            if (field.IsHidden && IsSameCall(field, node) && FieldDefinitions.AreAlike(field.Definition, definition) && field.IsWhole == isWhole && IsSameKind(field, types, node))
            {
                field.AppliesTo = field.AppliesTo.Union(types);
                return field;
            }
        }

        var inner = definition.Type.Named is CompositeType composite ? new ResultShape(composite) : null;
        var added = new ResultField(shape, shape.Fields.Count, HiddenKey(shape, node.Name.Value), isHidden: true, definition, types, inner)
        {
            HiddenArguments = node.Arguments,
            IsWhole = isWhole,
        };
        return shape.Add(added);
    }

    private bool IsSameKind(ResultField field, TypeSet types, FieldNode node) =>
        field.Shape is null || field.IsWhole || !graph.IsSplit(field.Parent.Type) || graph.PartsOf(field.AppliesTo.Union(types), node.Name.Value).Count == 1;

    // No client can write a key with a tilde.
    private string HiddenKey(ResultShape shape, string name)
    {
        var number = 1;
        foreach (var field in index.Called(shape, name))
        {
            number += field.IsHidden && field.Definition.Name == name ? 1 : 0;
        }

        return number == 1 ? "~" + name : $"~{name}~{number}";
    }
}
