using System.Text;
using GraphGateway.Language;
using GraphGateway.Planning;
using GraphGateway.TypeSystem;

namespace GraphGateway.Execution;

/// <summary>A <see cref="FetchSelectionSet"/> made ready for reading: per runtime type, which key goes to which slot.</summary>
internal sealed class CompiledSelection
{
    private readonly TypeSpace space;
    private readonly CompiledSelection?[] children;
    private ByType<SelectionVariant> variants;

    /// <param name="source">The selection.</param>
    /// <param name="shape">The shape of the objects that are filled.</param>
    /// <param name="space">The types.</param>
    /// <param name="isOfRest">True for a lookup that asks for what others leave: no object has its values from both, so it is no further giver.</param>
    public CompiledSelection(FetchSelectionSet source, CompiledShape shape, TypeSpace space, bool isOfRest)
    {
        Source = source;
        Shape = shape;
        this.space = space;
        FixedType = source.FixedType is { } type ? space.Find(type.Name) : TypeSpace.Unknown;
        OnlyType = shape.Type is ObjectType only ? space.Find(only.Name) : TypeSpace.Unknown;
        children = new CompiledSelection?[source.Fields.Length];
        HashSet<int>? given = null;
        for (var i = 0; i < children.Length; i++)
        {
            var field = source.Fields[i];
            if (field.Selection is { } selection)
            {
                var below = shape.Children[field.Target.Slot]!;
                children[i] = new CompiledSelection(selection, below, space, isOfRest);
                if (selection is { FixedType: null, TellsRuntimeType: false })
                {
                    below.Untold = below.Untold.Union(space.PossibleTypes(field.SourceType));
                }

                // Of several fields for one slot an object has one.
                if (!isOfRest && (given ??= []).Add(field.Target.Slot))
                {
                    shape.Givers[field.Target.Slot]++;
                }
            }
        }
    }

    public FetchSelectionSet Source { get; }

    /// <summary>The shape of the objects that are filled.</summary>
    public CompiledShape Shape { get; }

    public int FixedType { get; }

    /// <summary>The runtime type when the position's type is an object type.</summary>
    public int OnlyType { get; }

    /// <summary>True when objects of some runtime type have the key.</summary>
    public bool HasKey(string sourceKey)
    {
        foreach (var field in Source.Fields)
        {
            if (field.SourceKey == sourceKey)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The selection below the n-th field of <see cref="Source"/>.</summary>
    public CompiledSelection? Child(int index) => children[index];

    public bool IsPossible(int type) => space.IsPossible(Shape.Type, type);

    /// <inheritdoc cref="TypeSpace.IsHidden"/>
    public bool IsHidden(int type) => space.IsHidden(Shape.Type, type);

    /// <summary>How an object of the runtime type is read; made on first use.</summary>
    public SelectionVariant Variant(int type) => variants.Get(type, this, static (type, selection) => selection.Make(type));

    /// <summary>Makes what there is to make of those types, here and below, of which every object at its place is.</summary>
    public void MakeCertain()
    {
        var type = FixedType == TypeSpace.Unknown ? OnlyType : FixedType;
        if (type != TypeSpace.Unknown)
        {
            Variant(type);
        }

        foreach (var child in children)
        {
            child?.MakeCertain();
        }
    }

    private SelectionVariant Make(int type)
    {
        var byKey = new Dictionary<string, CompiledField>(StringComparer.Ordinal);
        var keys = new List<CompiledField>();
        var all = new List<CompiledField>();
        if (Source.TellsRuntimeType)
        {
            keys.Add(CompiledField.Typename);
            byKey.Add(CompiledField.Typename.SourceKey, CompiledField.Typename);
        }

        for (var i = 0; i < Source.Fields.Length; i++)
        {
            // Of objects of unknown type several slots are read, each for some types: of one that is known by now only its own counts.
            if (!Shape.IsReadOf(Source.Fields[i].Target, Source.Fields[i].AppliesTo, type) || (type != TypeSpace.Unknown && !Source.Fields[i].Target.AppliesTo.Contains(type)))
            {
                continue;
            }

            var field = FieldOf(Source.Fields[i], children[i], type);
            all.Add(field);
            if (byKey.TryAdd(field.SourceKey, field))
            {
                keys.Add(field);
            }
            else
            {
                // One value of the source goes to two places: they are filled one after the other.
                byKey[field.SourceKey].Append(field);
            }
        }

        return new SelectionVariant(type, [.. keys], [.. all], Shape.Variant(type));
    }

    private CompiledField FieldOf(FetchField field, CompiledSelection? selection, int type)
    {
        var target = field.Target;
        var definition = type == TypeSpace.Unknown ? target.Definition : space.OwnDefinition(Shape.Type, type, target.Definition);
        var leaf = selection is null ? space.LeafType(target.Definition.Type.Named) : null;
        return new CompiledField
        {
            SourceKey = field.SourceKey,
            Key = Encoding.UTF8.GetBytes($"\"{field.SourceKey}\":"),
            Target = target,
            Selection = selection,
            ListDepth = ListDepthOf(field.SourceType),
            NonNull = target.IsHidden ? default : NonNullLevels.Of(definition.Type),
            Leaf = LeafOf(leaf),
            Requires = field.Requires,
            IsGivenBySeveral = selection is not null && Shape.Givers[target.Slot] > 1,
            EnumValues = leaf is EnumType @enum ? new KeyTable([.. @enum.Values.Select(value => value.Name)]) : null,
            InaccessibleValues = leaf is EnumType seen && space.InaccessibleValues(seen) is { IsEmpty: false } hidden ? new KeyTable([.. hidden]) : null,
        };
    }

    private static int ListDepthOf(TypeNode type) => type switch
    {
        NonNullTypeNode nonNull => ListDepthOf(nonNull.Type),
        ListTypeNode list => 1 + ListDepthOf(list.Type),
        _ => 0,
    };

    private static LeafKind LeafOf(NamedType? type) => type switch
    {
        null => LeafKind.None,
        EnumType => LeafKind.Enum,
        _ => type.Name switch
        {
            "Int" => LeafKind.Int,
            "Float" => LeafKind.Float,
            "String" => LeafKind.String,
            "Boolean" => LeafKind.Boolean,
            "ID" => LeafKind.Id,
            _ => LeafKind.Custom,
        },
    };
}
