using GraphGateway.Language;

namespace GraphGateway.Execution;

/// <summary>Why a field has no value. Closed; each kind has one code, and one message that gives nothing of the source away.</summary>
internal enum FailureKind
{
    Unreachable,
    TimedOut,
    RequestTimedOut,
    TooLarge,
    AnswerTooLarge,
    RequestTooLarge,
    Refused,
    TooManyRequests,
    NoMemory,
    ShuttingDown,
    HttpStatus,
    Malformed,
    WrongValue,
    WrongType,
    MissingKey,
    MissingEntity,
    MissingRequirement,
    NullKey,
    UntoldType,
    InaccessibleType,
    InaccessibleValue,
    SourceError,
}

/// <summary>A failure and where it comes from.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Step">The fetch in which it happened.</param>
/// <param name="Error">The source's own error; null for other kinds.</param>
internal sealed record Failure(FailureKind Kind, CompiledStep Step, SourceError? Error)
{
    /// <summary>What the plan says of a missing requirement or key; null for other kinds.</summary>
    public string? Detail { get; init; }

    public ErrorCode Code => CodeOf(Kind);

    public string Message => Detail ?? MessageOf(Kind);

    public static ErrorCode CodeOf(FailureKind kind) => kind switch
    {
        FailureKind.Unreachable or FailureKind.HttpStatus => ErrorCode.SubrequestHttpError,
        FailureKind.TimedOut => ErrorCode.GatewayTimeout,
        FailureKind.RequestTimedOut => ErrorCode.RequestTimeout,
        FailureKind.RequestTooLarge => ErrorCode.SubrequestTooLarge,
        FailureKind.Refused => ErrorCode.SubgraphQueueFull,
        FailureKind.AnswerTooLarge => ErrorCode.AnswerTooLarge,
        FailureKind.NoMemory => ErrorCode.AnswerMemoryFull,
        FailureKind.TooManyRequests => ErrorCode.SubrequestLimitExceeded,
        FailureKind.ShuttingDown => ErrorCode.GatewayShuttingDown,
        FailureKind.SourceError => ErrorCode.DownstreamServiceError,
        FailureKind.MissingRequirement => ErrorCode.NonNullViolation,
        FailureKind.NullKey => ErrorCode.NullKey,
        FailureKind.InaccessibleType or FailureKind.InaccessibleValue => ErrorCode.Inaccessible,
        _ => ErrorCode.SubrequestMalformedResponse,
    };

    public static string MessageOf(FailureKind kind) => kind switch
    {
        FailureKind.Unreachable => "A source could not be reached.",
        FailureKind.TimedOut => "A source did not answer in time.",
        FailureKind.RequestTimedOut => "The request took longer than allowed.",
        FailureKind.TooLarge => "A source's answer is larger than allowed.",
        FailureKind.AnswerTooLarge => "The answer is larger than allowed. Ask for fewer objects at a time.",
        FailureKind.RequestTooLarge => "The request to a source is larger than allowed.",
        FailureKind.Refused => "Too many requests wait for a source. Send the request again later.",
        FailureKind.NoMemory => "The gateway holds as much of answers as it may at the moment. Send the request again later.",
        FailureKind.TooManyRequests => "The operation needs more requests to sources than allowed. Ask for fewer objects at a time.",
        FailureKind.ShuttingDown => "The gateway is shutting down. Send the request again.",
        FailureKind.HttpStatus => "A source answered with an error status.",
        FailureKind.Malformed => "A source's answer is no GraphQL response.",
        FailureKind.WrongValue => "A source's value does not have the field's type.",
        FailureKind.WrongType => "A source's value does not have an expected runtime type.",
        FailureKind.MissingKey => "A source's answer lacks the field.",
        FailureKind.MissingEntity => "A source's answer lacks the entity.",
        FailureKind.InaccessibleType => "The object is of a type that is not for clients.",
        FailureKind.InaccessibleValue => "The value is not for clients.",
        FailureKind.UntoldType => "No source tells the object's type.",
        _ => "Unexpected error from a source.",
    };
}

/// <summary>An entry of a source's <c>errors</c>, as far as it is of use. Its bytes stay where they were received.</summary>
/// <param name="MessageJson">The message, a JSON string.</param>
/// <param name="ExtensionsJson">The extensions, a JSON object; empty when there are none.</param>
/// <param name="Path">Strings and ints; null when there is none or it is no path.</param>
internal sealed record SourceError(ReadOnlyMemory<byte> MessageJson, ReadOnlyMemory<byte> ExtensionsJson, object[]? Path);
