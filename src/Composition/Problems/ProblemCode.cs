using System.Text.Json;

namespace GraphGateway.Composition;

/// <summary>
/// Every code that a problem of composition can carry. Closed: <c>graphgateway explain</c> knows them all. The wire form is the name in
/// SCREAMING_SNAKE_CASE. Where both dialects name the same problem alike, one code serves both.
/// </summary>
public enum ProblemCode
{
    // The input itself
    SourceNotReadable,
    SettingsInvalid,
    SettingsUnknownKey,
    SourceUrlMissing,
    OutputNotWritable,
    ArgumentsInvalid,
    RegistryUnavailable,
    RegistryRefused,
    RegistryNotUsable,
    NotExpressibleForApollo,
    ConflictingSourceSchemaName,
    UnsupportedFeature,
    DialectAssumed,

    // A source: type system (Composite Schemas §4.1.1)
    InvalidGraphql,
    ReservedName,
    DisallowedInaccessible,
    TypeDefinitionInvalid,
    QueryRootTypeInaccessible,
    RootQueryUsed,
    RootMutationUsed,
    RootSubscriptionUsed,

    // A source: @external
    ExternalUnused,
    ExternalOverrideCollision,
    ExternalProvidesCollision,
    ExternalRequireCollision,
    ExternalOnInterface,

    // A source: @is
    IsInvalidSyntax,
    IsInvalidFieldType,
    IsInvalidUsage,

    // A source: @key
    KeyFieldsSelectInvalidType,
    KeyDirectiveInFieldsArgument,
    KeyInvalidArguments,
    KeyInvalidSyntax,
    KeyInvalidFields,
    KeyInvalidFieldsType,

    // A source: @lookup
    LookupMustHaveArguments,
    LookupReturnsNonNullableType,
    LookupReturnsList,
    LookupReturnsNonCompositeType,
    LookupNotReachable,

    // A source: @override
    OverrideFromSelf,
    OverrideOnInterface,

    // A source: @provides
    ProvidesDirectiveInFieldsArgument,
    ProvidesFieldsHasArguments,
    ProvidesFieldsMissingExternal,
    ProvidesInvalidSyntax,
    ProvidesInvalidFields,
    ProvidesInvalidFieldsType,
    ProvidesOnNonCompositeField,

    // A source: @require, @shareable
    RequireInvalidSyntax,
    RequireInvalidFieldType,
    InvalidShareableUsage,

    // Before merging
    TypeKindMismatch,
    EnumValuesMismatch,
    OutputFieldTypesNotMergeable,
    FieldArgumentTypesNotMergeable,
    FieldWithMissingRequiredArgument,
    InputFieldDefaultMismatch,
    InputFieldTypesNotMergeable,
    InputWithMissingRequiredFields,
    InputWithMissingOneof,
    SpecifiedByUrlMismatch,
    ExternalArgumentDefaultMismatch,
    ExternalArgumentMissing,
    ExternalArgumentTypeMismatch,
    ExternalTypeMismatch,
    ExternalMissingOnBase,
    OverrideSourceHasOverride,
    InvalidFieldSharing,

    // After merging
    NoQueries,
    ReferenceToInaccessibleType,
    ReferenceToInternalType,
    EmptyMergedObjectType,
    EmptyMergedInterfaceType,
    EmptyMergedInputObjectType,
    EmptyMergedEnumType,
    EmptyMergedUnionType,
    ImplementedByInaccessible,
    InterfaceFieldNoImplementation,
    NonNullInputFieldIsInaccessible,
    EnumTypeDefaultValueInaccessible,
    IsInvalidFields,
    RequireInvalidFields,

    // Satisfiability
    UnsatisfiableQueryPath,

    // Contracts
    ContractHidesEverything,
    ContractReferenceHidden,
    ContractRequiredInputHidden,
    ContractInterfaceFieldHidden,
    ContractDefaultValueHidden,
    ContractTagUnused,

    // Apollo's own names of problems above, used where all sources involved are Apollo's
    KeyFieldsHasArgs,
    KeyDirectiveInFieldsArg,
    ProvidesFieldsHasArgs,
    ProvidesDirectiveInFieldsArg,
    ProvidesOnNonObjectField,
    ExternalCollisionWithAnotherDirective,
    OverrideFromSelfError,
    FieldTypeMismatch,
    FieldArgumentTypeMismatch,
    RequiredArgumentMissingInSomeSubgraph,
    RequiredInputFieldMissingInSomeSubgraph,
    EnumValueMismatch,
    EmptyMergedInputType,
    InterfaceFieldNoImplem,
    ReferencedInaccessible,
    RequiredInaccessible,
    DefaultValueUsesInaccessible,
    OnlyInaccessibleChildren,
    SatisfiabilityError,

    // What only Apollo Federation has
    UnknownFederationLinkVersion,
    InvalidLinkDirectiveUsage,
    UnsupportedLinkedFeature,
    RequiresInvalidFieldsType,
    RequiresInvalidFields,
    RequiresDirectiveInFieldsArg,
    RequiresFieldsMissingExternal,
    OverrideLabelInvalid,
    InterfaceObjectUsageError,
    InterfaceObjectWithoutObjects,
    FieldArgumentDefaultMismatch,
    InvalidLinkIdentifier,
    UnknownLinkVersion,
    LinkImportNameMismatch,
    DirectiveDefinitionInvalid,
    DirectiveCompositionError,
    KeyUnsupportedOnInterface,
    RequiresUnsupportedOnInterface,
    ProvidesUnsupportedOnInterface,
    ExtensionWithNoBase,
    TypeWithOnlyUnusedExternal,
    MergedDirectiveApplicationOnExternal,
    InterfaceKeyNotOnImplementation,
    InterfaceKeyMissingImplementationType,
    ShareableHasMismatchedRuntimeTypes,
    InconsistentRuntimeTypesForShareableReturn,
    OverrideCollisionWithAnotherDirective,
    ContextNameInvalid,
    ContextNotSet,
    NoContextInSelection,
    ContextInvalidSelection,
    ContextNoResolvableKey,
    ContextualArgumentNotContextualInAllSubgraphs,
    AccessDirectiveNotLinked,
    AuthRequirementsAppliedOnInterface,
    MissingTransitiveAuthRequirements,
    CostAppliedToInterfaceField,
    ListSizeAppliedToNonList,
    ListSizeInvalidAssumedSize,
    ListSizeInvalidSlicingArgument,
    ListSizeInvalidSizedField,
    CacheTagInvalidFormat,
}

/// <summary>The wire form of <see cref="ProblemCode"/>.</summary>
public static class ProblemCodes
{
    private static readonly string[] Wire = [.. Enum.GetNames<ProblemCode>().Select(JsonNamingPolicy.SnakeCaseUpper.ConvertName)];

    /// <summary>The code as people and machines read it, such as <c>INVALID_FIELD_SHARING</c>.</summary>
    public static string ToWire(this ProblemCode code) => Wire[(int)code];

    /// <summary>The code of that wire form, in any case; null when there is none.</summary>
    public static ProblemCode? Parse(string text)
    {
        var index = Array.FindIndex(Wire, wire => string.Equals(wire, text, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : (ProblemCode)index;
    }

    /// <summary>All wire forms, in the order of the phases.</summary>
    public static IReadOnlyList<string> All => Wire;
}
