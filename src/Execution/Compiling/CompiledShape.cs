using System.Text;
using GraphGateway.Planning;
using GraphGateway.TypeSystem;

namespace GraphGateway.Execution;

/// <summary>A <see cref="ResultShape"/> made ready for writing: per runtime type, what is written in which order.</summary>
internal sealed class CompiledShape(int id, ResultShape source, TypeSpace space)
{
    private ByType<ShapeVariant> variants;

    public int Id { get; } = id;

    public ResultShape Source { get; } = source;

    public CompositeType Type => Source.Type;

    public int SlotCount { get; } = source.Fields.Count;

    /// <summary>The shapes below, by slot; set once while compiling.</summary>
    public CompiledShape?[] Children { get; } = new CompiledShape?[source.Fields.Count];

    /// <summary>By slot: how many steps give objects there; set once while compiling.</summary>
    public int[] Givers { get; } = new int[source.Fields.Count];

    /// <summary>What an object costs where one type alone is possible; null until somebody asks. Two requests may both make it.</summary>
    public VariantCharges? Charges { get; set; }

    /// <summary>What objects can be that come here from sources which do not say what they are; set once while compiling.</summary>
    public TypeSet Untold { get; set; }

    /// <summary>True when something of a plan is for an object of the runtime type, or, where that is unknown, for whatever it is.</summary>
    public bool IsFor(TypeSet set, int type) => type == TypeSpace.Unknown ? Untold.IsSubsetOf(set) : set.Contains(type);

    /// <summary>
    /// False when an object has no such slot, as its type tells: what was read for it before that was told counts for nothing.
    /// </summary>
    public static bool HasSlot(ResultField field, int type) => type == TypeSpace.Unknown || field.AppliesTo.Contains(type);

    /// <summary>
    /// True when a step's field is read of an object of the runtime type. Of objects whose type is not known one that the client selected is read where all
    /// have it that clients see: should it turn out to be another one, it is null as a whole.
    /// </summary>
    public bool IsReadOf(ResultField field, TypeSet set, int type) =>
        type != TypeSpace.Unknown || field.IsHidden || IsFor(set, type) ? IsFor(set, type) : AllSeenAreIn(set) && Untold.Overlaps(set);

    /// <summary>Fields that cannot be served here, set once while compiling.</summary>
    public List<UnservableField> Unservable { get; } = [];

    /// <summary>
    /// What a value of the runtime type consists of. Made on first use: hundreds of possible types cost nothing until they occur.
    /// </summary>
    public ShapeVariant Variant(int type) => variants.Get(type, this, static (type, shape) => shape.Make(type));

    private ShapeVariant Make(int type)
    {
        var fields = new List<OutputField>();
        foreach (var field in Source.Fields)
        {
            if (!field.IsHidden && IsFor(field.AppliesTo, type))
            {
                fields.Add(OutputFieldOf(field, type, isFirst: fields.Count == 0));
            }
        }

        var isUndecided = type == TypeSpace.Unknown && Source.Fields.Any(field => !field.IsHidden && field.AppliesTo.Overlaps(Untold) && !Untold.IsSubsetOf(field.AppliesTo));
        if (isUndecided && FieldsOfAny() is { } common)
        {
            isUndecided = false;
            fields = common;
        }

        return new ShapeVariant(type, type != TypeSpace.Unknown && space.IsHidden(Type, type), [.. fields]) { IsUndecided = isUndecided };
    }

    // Where whatever an untold object is has the same keys in the same order, only the values of some depend on its type. Null where not.
    private List<OutputField>? FieldsOfAny()
    {
        ResultField[][] each = [.. Untold.Ordinals().Select(type => Source.Fields.Where(field => !field.IsHidden && field.AppliesTo.Contains(type)).ToArray())];
        if (each.Length == 0 || each.Any(fields => !fields.Select(field => field.Key).SequenceEqual(each[0].Select(field => field.Key))))
        {
            return null;
        }

        var common = new List<OutputField>();
        for (var i = 0; i < each[0].Length; i++)
        {
            var same = each.Select(fields => fields[i]).Distinct().ToList();
            common.Add(OutputFieldOf(same[0], TypeSpace.Unknown, isFirst: i == 0, isSplit: same.Count > 1, same.Aggregate(0u, (all, field) => all | NonNullLevels.Of(field.Definition.Type).Bits)));
        }

        return common;
    }

    private OutputField OutputFieldOf(ResultField field, int type, bool isFirst, bool isSplit = false, uint nonNull = 0)
    {
        var definition = type == TypeSpace.Unknown ? field.Definition : space.OwnDefinition(Type, type, field.Definition);
        return new OutputField
        {
            Field = field,
            // The name of a type that the client may not see is missing like any other field.
            IsTypename = ReferenceEquals(field.Definition, MetaFields.Typename) && !field.IsWithheld,
            Key = Encoding.UTF8.GetBytes($"{(isFirst ? "" : ",")}\"{field.Key}\":"),
            Shape = Children[field.Slot],
            NonNull = isSplit ? new NonNullLevels(nonNull) : NonNullLevels.Of(definition.Type),
            IsSplit = isSplit,
            Unservable = Unservable.Count == 0 ? null : UnservableOf(field, type),
        };
    }

    // PERF: methods of their own, so that whoever does not come here makes no closures.
    private UnservableField? UnservableOf(ResultField field, int type) => Unservable.Find(unservable =>
        unservable.Field == field && (type == TypeSpace.Unknown || unservable.Types.Contains(type)));

    private bool AllSeenAreIn(TypeSet set) => Untold.Ordinals().All(untold => set.Contains(untold) || space.IsHidden(Type, untold));
}

/// <summary>What an object of one runtime type consists of at a position.</summary>
internal sealed class ShapeVariant(int type, bool isHidden, OutputField[] fields)
{
    public int Type { get; } = type;

    /// <summary>The type is inaccessible: an object of it is there for what others require, and null for clients.</summary>
    public bool IsHidden { get; } = isHidden;

    /// <summary>Which fields an object has depends on its type, and that is not known: nobody can say what the object is in the answer.</summary>
    public bool IsUndecided { get; init; }

    /// <summary>The visible fields in the order of the answer.</summary>
    public OutputField[] Fields { get; } = fields;

    /// <summary>What such an object costs; null until somebody asks. Two requests may both make it.</summary>
    public VariantCharges? Charges { get; set; }

    /// <summary>How many slots must be filled before the object is whole.</summary>
    public int ExpectedFills { get; } = fields.Count(field => !field.IsTypename);
}

/// <summary>A visible field as it is written.</summary>
internal sealed class OutputField
{
    public required ResultField Field { get; init; }

    public required bool IsTypename { get; init; }

    /// <summary>The key with quotes and colon, and the comma before it unless it is the first.</summary>
    public required byte[] Key { get; init; }

    public required CompiledShape? Shape { get; init; }

    public required NonNullLevels NonNull { get; init; }

    public required UnservableField? Unservable { get; init; }

    /// <summary>Which slot it stands in depends on the object's type, and that is not known.</summary>
    public bool IsSplit { get; init; }

    public int Slot => Field.Slot;
}

/// <summary>Which levels of a type are non-null: level 0 is the field, level 1 the items of its list, and so on; 32 levels at most.</summary>
internal readonly record struct NonNullLevels(uint Bits)
{
    public bool At(int level) => level < 32 && (Bits >> level & 1) != 0;

    public static NonNullLevels Of(GraphQLType type)
    {
        var bits = 0u;
        for (var level = 0; level < 32; level++)
        {
            if (type.IsNonNull)
            {
                bits |= 1u << level;
            }

            if (type.Nullable is not ListType list)
            {
                break;
            }

            type = list.OfType;
        }

        return new NonNullLevels(bits);
    }
}
