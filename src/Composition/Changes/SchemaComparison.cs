using System.Collections.Immutable;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>How a comparison judges.</summary>
public sealed record SchemaComparisonOptions
{
    /// <summary>True: what was deprecated before may be removed; it is dangerous, not breaking.</summary>
    public bool AllowRemovalOfDeprecated { get; init; }

    /// <summary>How many changes of each severity are told of.</summary>
    public int Most { get; init; } = int.MaxValue;
}

/// <summary>Changes, and how many more there are than <see cref="SchemaComparisonOptions.Most"/>.</summary>
/// <param name="Changes">The breaking ones first, then the dangerous and the safe ones, by coordinate.</param>
/// <param name="More">Of a severity how many more there are.</param>
public sealed record ComparedSchemas(ImmutableArray<SchemaChange> Changes, Func<ChangeSeverity, int> More);

/// <summary>
/// Compares the schemas that clients see: what breaks them, what is dangerous, what is safe. What graphql-js finds too
/// (<see href="https://github.com/graphql/graphql-js/blob/16.x.x/src/utilities/findBreakingChanges.ts">findBreakingChanges</see>) has its
/// codes and its words.
/// </summary>
public static class SchemaComparison
{
    /// <summary>
    /// All changes from one schema to another: the breaking ones first, then the dangerous and the safe ones, by coordinate. What members cost
    /// is compared where the old schema says it of any: one that was made from introspection says nothing of it.
    /// </summary>
    public static ImmutableArray<SchemaChange> Compare(Schema before, Schema after, SchemaComparisonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var changes = new ChangeList(options ?? new SchemaComparisonOptions());
        Compare(before, after, changes);
        if (CostComparison.TellsCosts(before))
        {
            CostComparison.Compare(before, after, changes);
        }

        return changes.Sorted();
    }

    /// <summary>The same for what clients see of two graphs, with what members cost and who may see them (<see cref="AccessRequirement"/>).</summary>
    public static ImmutableArray<SchemaChange> Compare(Supergraph before, Supergraph after, SchemaComparisonOptions? options = null) =>
        CompareSome(before, after, options ?? new SchemaComparisonOptions()).Changes;

    /// <summary>The same, where only so many are told of.</summary>
    public static ComparedSchemas CompareSome(Supergraph before, Supergraph after, SchemaComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(options);
        var changes = new ChangeList(options);
        Compare(before.PublicSchema, after.PublicSchema, changes);
        CostComparison.Compare(before.PublicSchema, after.PublicSchema, changes);
        AccessComparison.Compare(before, after, changes);
        return new ComparedSchemas(changes.Sorted(), changes.More);
    }

    /// <summary>False for a schema that says of no member what it costs, as one that was made from introspection.</summary>
    /// <param name="schema">The schema.</param>
    public static bool TellsCosts(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return CostComparison.TellsCosts(schema);
    }

    private static void Compare(Schema before, Schema after, ChangeList changes)
    {
        CompareRoots(before, after, changes);
        foreach (var old in before.Types.Where(type => !IsIntrospection(type)))
        {
            if (after.FindType(old.Name) is { } now)
            {
                CompareTypes(old, now, changes);
            }
            else if (!old.IsBuiltIn)
            {
                changes.Breaking(ChangeCode.TypeRemoved, old.Name, $"{old.Name} was removed.");
            }
        }

        foreach (var now in after.Types.Where(type => !type.IsBuiltIn && before.FindType(type.Name) is null))
        {
            changes.Safe(ChangeCode.TypeAdded, now.Name, $"{now.Name} was added.");
            foreach (var known in (now as ObjectType)?.Interfaces.Where(known => before.FindType(known.Name) is InterfaceType) ?? [])
            {
                changes.Dangerous(ChangeCode.TypeAddedToInterface, now.Name, $"{now.Name} was added to the objects of interface {known.Name}.");
            }
        }

        DirectiveComparison.Compare(before, after, changes);
    }

    private static bool IsIntrospection(NamedType type) => type.Name.StartsWith("__", StringComparison.Ordinal);

    private static void CompareRoots(Schema before, Schema after, ChangeList changes)
    {
        foreach (var (name, old, now) in new[]
        {
            ("query", before.QueryType, after.QueryType),
            ("mutation", before.MutationType, after.MutationType),
            ("subscription", before.SubscriptionType, after.SubscriptionType),
        })
        {
            if (old is not null && now is null)
            {
                changes.Breaking(ChangeCode.RootOperationRemoved, "", $"The schema no longer has a root type for {name} operations.");
            }
            else if (old is null && now is not null)
            {
                changes.Safe(ChangeCode.RootOperationAdded, "", $"The schema has got {now.Name} for {name} operations.");
            }
            else if (old is not null && now is not null && old.Name != now.Name)
            {
                changes.Breaking(ChangeCode.RootOperationChangedType, "", $"The root type for {name} operations changed from {old.Name} to {now.Name}.");
            }
        }
    }

    private static void CompareTypes(NamedType old, NamedType now, ChangeList changes)
    {
        changes.Description(old.Name, old.Description, now.Description);
        switch (old, now)
        {
            case (ScalarType oldScalar, ScalarType nowScalar):
                if (oldScalar.SpecifiedByUrl != nowScalar.SpecifiedByUrl)
                {
                    changes.Dangerous(
                        ChangeCode.SpecifiedByUrlChange, old.Name, $"The specification of {old.Name} changed from {oldScalar.SpecifiedByUrl ?? "none"} to {nowScalar.SpecifiedByUrl ?? "none"}.");
                }

                break;
            case (EnumType oldEnum, EnumType nowEnum):
                CompareEnums(oldEnum, nowEnum, changes);
                break;
            case (UnionType oldUnion, UnionType nowUnion):
                CompareUnions(oldUnion, nowUnion, changes);
                break;
            case (InputObjectType oldInput, InputObjectType nowInput):
                InputComparison.CompareInputObjects(oldInput, nowInput, changes);
                break;
            case (ObjectType, ObjectType) or (InterfaceType, InterfaceType):
                CompareInterfaces((ComplexType)old, (ComplexType)now, changes);
                CompareFields((ComplexType)old, (ComplexType)now, changes);
                break;
            default:
                changes.Breaking(ChangeCode.TypeChangedKind, old.Name, $"{old.Name} changed from {KindOf(old)} to {KindOf(now)}.");
                break;
        }
    }

    private static void CompareEnums(EnumType old, EnumType now, ChangeList changes)
    {
        foreach (var value in old.Values)
        {
            var coordinate = $"{old.Name}.{value.Name}";
            if (now.FindValue(value.Name) is { } kept)
            {
                changes.Description(coordinate, value.Description, kept.Description);
                changes.Deprecation(coordinate, value.DeprecationReason, kept.DeprecationReason);
            }
            else
            {
                changes.Removed(
                    ChangeCode.ValueRemovedFromEnum, coordinate, $"{value.Name} was removed from enum type {old.Name}.", value.DeprecationReason);
            }
        }

        foreach (var value in now.Values.Where(value => old.FindValue(value.Name) is null))
        {
            changes.Dangerous(ChangeCode.ValueAddedToEnum, $"{old.Name}.{value.Name}", $"{value.Name} was added to enum type {old.Name}.");
        }
    }

    private static void CompareUnions(UnionType old, UnionType now, ChangeList changes)
    {
        foreach (var name in old.Members.Select(member => member.Name).Except(now.Members.Select(member => member.Name)))
        {
            changes.Breaking(ChangeCode.TypeRemovedFromUnion, old.Name, $"{name} was removed from union type {old.Name}.");
        }

        foreach (var name in now.Members.Select(member => member.Name).Except(old.Members.Select(member => member.Name)))
        {
            changes.Dangerous(ChangeCode.TypeAddedToUnion, old.Name, $"{name} was added to union type {old.Name}.");
        }
    }

    private static void CompareInterfaces(ComplexType old, ComplexType now, ChangeList changes)
    {
        foreach (var name in old.Interfaces.Select(type => type.Name).Except(now.Interfaces.Select(type => type.Name)))
        {
            changes.Breaking(ChangeCode.ImplementedInterfaceRemoved, old.Name, $"{old.Name} no longer implements interface {name}.");
        }

        foreach (var name in now.Interfaces.Select(type => type.Name).Except(old.Interfaces.Select(type => type.Name)))
        {
            changes.Dangerous(ChangeCode.ImplementedInterfaceAdded, old.Name, $"{name} added to interfaces implemented by {old.Name}.");
        }
    }

    private static void CompareFields(ComplexType old, ComplexType now, ChangeList changes)
    {
        foreach (var field in old.Fields)
        {
            var coordinate = field.ToString();
            if (now.FindField(field.Name) is not { } kept)
            {
                changes.Removed(ChangeCode.FieldRemoved, coordinate, $"{coordinate} was removed.", field.DeprecationReason);
                continue;
            }

            var (from, to) = (field.Type.ToString()!, kept.Type.ToString()!);
            if (!IsSafeOutput(field.Type, kept.Type))
            {
                changes.Breaking(ChangeCode.FieldChangedKind, coordinate, $"{coordinate} changed type from {from} to {to}.");
            }
            else if (from != to)
            {
                changes.Safe(ChangeCode.FieldTypeNarrowed, coordinate, $"{coordinate} changed type from {from} to {to}.");
            }

            InputComparison.CompareArguments(field, kept, changes);
            changes.Description(coordinate, field.Description, kept.Description);
            changes.Deprecation(coordinate, field.DeprecationReason, kept.DeprecationReason);
        }

        foreach (var field in now.Fields.Where(field => old.FindField(field.Name) is null))
        {
            changes.Safe(ChangeCode.FieldAdded, field.ToString(), $"{field} was added.");
        }
    }

    // A client that read values of the old type can read those of the new one.
    private static bool IsSafeOutput(GraphQLType old, GraphQLType now) => (old, now) switch
    {
        (NonNullType oldInner, NonNullType nowInner) => IsSafeOutput(oldInner.OfType, nowInner.OfType),
        (NonNullType, _) => false,
        (_, NonNullType nowInner) => IsSafeOutput(old, nowInner.OfType),
        (ListType oldList, ListType nowList) => IsSafeOutput(oldList.OfType, nowList.OfType),
        (NamedType, NamedType) => old.Named.Name == now.Named.Name,
        _ => false,
    };

    private static string KindOf(NamedType type) => type switch
    {
        ScalarType => "a scalar type",
        ObjectType => "an Object type",
        InterfaceType => "an Interface type",
        UnionType => "a Union type",
        EnumType => "an Enum type",
        _ => "an Input type",
    };
}
