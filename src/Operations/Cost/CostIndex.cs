using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Operations;

/// <summary>
/// What a schema says of costs (<see href="https://ibm.github.io/graphql-specs/cost-spec.html">GraphQL Cost Directives</see>), read once for each
/// field that operations use. Safe for several threads.
/// </summary>
/// <param name="schema">The schema; sets of types are of it.</param>
/// <param name="reading">How its directives are read.</param>
/// <param name="defaultListSize">How many items a list has where nothing is said, from 0.</param>
public sealed class CostIndex(Schema schema, CostReading reading, int defaultListSize)
{
    private readonly ConcurrentDictionary<(FieldDefinition Own, FieldDefinition Selected), FieldWeights> fields = [];
    private readonly ConcurrentDictionary<WeightsKey, FieldWeights> interned = [];
    private readonly ConcurrentDictionary<InputObjectType, InputObjectWeights> inputObjects = [];

    /// <summary>The schema.</summary>
    public Schema Schema => schema;

    /// <summary>How many items a list has where nothing is said.</summary>
    public int DefaultListSize => defaultListSize;

    /// <summary>What an object of the type counts, in thousandths; of an interface or union what its most costly object counts.</summary>
    public long ObjectWeight(NamedType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Math.Max(0, TypeWeight(type.Name));
    }

    /// <summary>
    /// What is said of a field. Fields of which the same is said have the same object, which is why types can be taken together.
    /// </summary>
    /// <param name="own">The definition of the object type.</param>
    /// <param name="selected">That of the type on which the field is selected: it says how long the list is where the object type does not.</param>
    internal FieldWeights Of(FieldDefinition own, FieldDefinition selected) =>
        fields.GetOrAdd((own, selected), static (key, index) => index.Read(key.Own, key.Selected), this);

    /// <summary>What is said of an argument or of a field of an input object.</summary>
    /// <param name="definition">Its definition.</param>
    /// <param name="selected">That of the same argument where the field is selected, or null.</param>
    internal InputWeights Of(InputValueDefinition definition, InputValueDefinition? selected = null)
    {
        var inside = definition.Type.Named as InputObjectType;
        var weight = Said(definition.Directives, selected?.Directives ?? []) ?? (inside is null ? 0 : CostAmount.One);
        var weightsInside = inside is null ? null : inputObjects.GetOrAdd(inside, static (type, index) => new InputObjectWeights(type, index), this);
        return new InputWeights(definition, weight, weightsInside);
    }

    private FieldWeights Read(FieldDefinition own, FieldDefinition selected)
    {
        var type = own.Type.Named;
        var otherwise = type.IsLeafType ? 0 : CostAmount.One;
        var said = Said(own.Directives, selected.Directives);
        var (call, value) = reading == CostReading.TwoFigures
            ? (said ?? otherwise, TypeWeight(type.Name))
            : (0, said ?? TypeWeight(type.Name));
        var listSize = Directives.Find(own.Directives, WellKnownDirectives.ListSize)
            ?? Directives.Find(selected.Directives, WellKnownDirectives.ListSize);
        var weights = new FieldWeights(own)
        {
            Call = call,
            Value = Math.Max(0, value),
            Lists = Lists(own.Type),
            ListSize = listSize is null ? null : ListSizeRule.Of(listSize),
            Arguments = own.Arguments.IsEmpty ? [] : [.. own.Arguments.Select(argument => Of(argument, selected.Arguments.FirstOrDefault(other => other.Name == argument.Name)))],
        };
        return interned.GetOrAdd(new WeightsKey(own.Name, weights.Call, weights.Value, weights.Lists, RestOf(weights, listSize)), weights);
    }

    // Of an interface or union what its most costly object counts: no directive may stand on them.
    private long TypeWeight(string name) => schema.FindType(name) switch
    {
        CompositeType type and not ObjectType => type.PossibleTypes.Ordinals()
            .Select(ordinal => Weight(schema.ObjectTypes[ordinal].Directives) ?? CostAmount.One).DefaultIfEmpty(CostAmount.One).Max(),
        { } type => Weight(type.Directives) ?? (type.IsLeafType ? 0 : CostAmount.One),
        null => CostAmount.One,
    };

    // IBM's directives stand on objects' fields. One on an interface's is of a source that has one object for the whole interface: the higher counts.
    private static long? Said(ImmutableArray<DirectiveNode> own, ImmutableArray<DirectiveNode> selected) => (Weight(own), Weight(selected)) switch
    {
        ({ } ofObject, { } ofInterface) => Math.Max(ofObject, ofInterface),
        var (ofObject, ofInterface) => ofObject ?? ofInterface,
    };

    private static long? Weight(ImmutableArray<DirectiveNode> directives) =>
        Costs.Weight(directives) is { } weight && !double.IsNaN(weight) ? CostAmount.Of(weight) : null;

    private static int Lists(GraphQLType type)
    {
        var count = 0;
        while (type.Nullable is ListType list)
        {
            (type, count) = (list.OfType, count + 1);
        }

        return count;
    }

    // What is said of the list's length and of the arguments; most fields have neither.
    private static string RestOf(FieldWeights weights, DirectiveNode? listSize)
    {
        if (listSize is null && weights.Arguments.Length == 0)
        {
            return "";
        }

        var key = new StringBuilder(listSize is null ? "" : Printer.Print(listSize));
        foreach (var argument in weights.Arguments)
        {
            var @default = argument.Definition.DefaultValue is { } value ? Printer.Print(value) : "";
            key.Append(CultureInfo.InvariantCulture, $"\n{argument.Definition.Name}: {argument.Definition.Type} {argument.Weight} {@default}");
        }

        return key.ToString();
    }

    // Fields of one key are those of which the same is said.
    private readonly record struct WeightsKey(string Name, long Call, long Value, int Lists, string Rest);
}

/// <summary>What is said of a field.</summary>
internal sealed class FieldWeights(FieldDefinition definition)
{
    /// <summary>One of the fields of which this is said.</summary>
    public FieldDefinition Definition { get; } = definition;

    /// <summary>What a call counts, without its arguments; can be negative.</summary>
    public required long Call { get; init; }

    /// <summary>A call of a field that has no arguments.</summary>
    public CallCost Plain => field ??= CallCost.OfConstant(Call);

    /// <summary>What each value counts, not negative.</summary>
    public required long Value { get; init; }

    /// <summary>How many lists are inside one another.</summary>
    public required int Lists { get; init; }

    /// <summary>How long the list is, or those below; null where nothing is said.</summary>
    public required ListSizeRule? ListSize { get; init; }

    /// <summary>In definition order.</summary>
    public required InputWeights[] Arguments { get; init; }
}

/// <summary>What is said of an argument or of a field of an input object.</summary>
/// <param name="Definition">Its definition.</param>
/// <param name="Weight">What it counts where it is given; can be negative.</param>
/// <param name="Object">What is said of the fields inside; null where there are none.</param>
internal sealed record InputWeights(InputValueDefinition Definition, long Weight, InputObjectWeights? Object)
{
    /// <summary>What a coerced value counts (see <see cref="VariableValues"/>). Null asks for nothing, and spares nothing.</summary>
    public long Of(object? value) => value is null ? 0 : Object is null ? Weight : CostAmount.Add(Weight, Object.Inside(value));
}

/// <summary>What is said of the fields of an input object; made on first use, since input objects can contain themselves.</summary>
internal sealed class InputObjectWeights(InputObjectType type, CostIndex index)
{
    /// <summary>By name.</summary>
    public Dictionary<string, InputWeights> Fields =>
        field ??= type.Fields.ToDictionary(static member => member.Name, member => index.Of(member), StringComparer.Ordinal);

    /// <summary>What is inside of a coerced value: an object, or a list of such.</summary>
    public long Inside(object? value)
    {
        var cost = 0L;
        if (value is List<object?> items)
        {
            foreach (var item in items)
            {
                cost = CostAmount.Add(cost, Inside(item));
            }
        }
        else if (value is Dictionary<string, object?> given)
        {
            foreach (var (name, inner) in given)
            {
                cost = Fields.TryGetValue(name, out var field) ? CostAmount.Add(cost, field.Of(inner)) : cost;
            }
        }

        return cost;
    }
}
