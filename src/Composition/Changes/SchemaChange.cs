using System.Text.Json;

namespace GraphGateway.Composition;

/// <summary>What a change of a schema means for the clients that are there already.</summary>
public enum ChangeSeverity
{
    /// <summary>A request that was valid can be refused, or gets an answer that its client cannot read.</summary>
    Breaking,

    /// <summary>Every request stays valid, but a client that does not expect it can behave otherwise, such as at a new enum value.</summary>
    Dangerous,

    /// <summary>No client notices.</summary>
    Safe,
}

/// <summary>
/// The kinds of change. Those that graphql-js finds (<c>findBreakingChanges</c>, <c>findDangerousChanges</c>) have its names; the wire form
/// is the name in SCREAMING_SNAKE_CASE.
/// </summary>
public enum ChangeCode
{
    // Breaking, as in graphql-js
    TypeRemoved,
    TypeChangedKind,
    TypeRemovedFromUnion,
    ValueRemovedFromEnum,
    RequiredInputFieldAdded,
    ImplementedInterfaceRemoved,
    FieldRemoved,
    FieldChangedKind,
    RequiredArgAdded,
    ArgRemoved,
    ArgChangedKind,
    DirectiveRemoved,
    DirectiveArgRemoved,
    RequiredDirectiveArgAdded,
    DirectiveRepeatableRemoved,
    DirectiveLocationRemoved,

    // Breaking, of our own
    RootOperationRemoved,
    RootOperationChangedType,
    InputObjectBecameOneOf,
    DirectiveArgChangedKind,
    AccessTightened,

    // Dangerous, as in graphql-js
    ValueAddedToEnum,
    TypeAddedToUnion,
    OptionalInputFieldAdded,
    OptionalArgAdded,
    ImplementedInterfaceAdded,
    ArgDefaultValueChange,

    // Dangerous, of our own
    ArgDefaultValueAdded,
    InputFieldDefaultValueChange,
    InputFieldDefaultValueAdded,
    DirectiveArgDefaultValueChange,
    SpecifiedByUrlChange,
    TypeAddedToInterface,
    CostRaised,
    ListSizeChange,
    AccessLoosened,

    // Safe
    TypeAdded,
    FieldAdded,
    FieldTypeNarrowed,
    ArgTypeWidened,
    InputFieldTypeWidened,
    DirectiveAdded,
    DirectiveLocationAdded,
    DirectiveRepeatableAdded,
    OptionalDirectiveArgAdded,
    RootOperationAdded,
    InputObjectNoLongerOneOf,
    DeprecationAdded,
    DeprecationRemoved,
    DeprecationReasonChange,
    DescriptionChange,
    CostLowered,
}

/// <summary>One difference between two schemas.</summary>
/// <param name="Code">What kind of change it is.</param>
/// <param name="Severity">What it means for clients.</param>
/// <param name="Coordinate">
/// Where, as a schema coordinate: <c>Type</c>, <c>Type.field</c>, <c>Type.field(argument:)</c>, <c>@directive</c>,
/// <c>@directive(argument:)</c>; empty for the schema itself.
/// </param>
/// <param name="Message">The change in one sentence.</param>
public sealed record SchemaChange(ChangeCode Code, ChangeSeverity Severity, string Coordinate, string Message)
{
    private static readonly string[] Wire = [.. Enum.GetNames<ChangeCode>().Select(JsonNamingPolicy.SnakeCaseUpper.ConvertName)];

    /// <summary>The code as people and machines read it, such as <c>FIELD_REMOVED</c>.</summary>
    public string WireCode => Wire[(int)Code];
}
