using System.Text;

namespace GraphGateway.Language;

/// <summary>
/// Every code that an answer of the gateway or of a service can carry in <c>extensions.code</c>. Closed: a client can list them.
/// The wire form is the name in SCREAMING_SNAKE_CASE.
/// </summary>
public enum ErrorCode
{
    /// <summary>The document is not GraphQL.</summary>
    GraphqlParsingFailed,

    /// <summary>The document breaks a validation rule.</summary>
    GraphqlValidationFailed,

    /// <summary>The document has no operation of the requested name, or several and none was named.</summary>
    GraphqlUnknownOperationName,

    /// <summary>A variable's value cannot be coerced to its type.</summary>
    BadUserInput,

    /// <summary>The HTTP request is not a GraphQL request.</summary>
    InvalidGraphqlRequest,

    /// <summary>The request names a persisted query and persisted queries are not there; clients then send the text.</summary>
    PersistedQueryNotSupported,

    /// <summary>The request names a document that is not known; clients of automatic persisted queries then send the text.</summary>
    PersistedQueryNotFound,

    /// <summary>The request names its document by a hash that is not that of the text beside it.</summary>
    PersistedQueryHashMismatch,

    /// <summary>The request has an identifier that is no hash, and a text; or both, where only published documents run.</summary>
    CannotSendPqIdAndBody,

    /// <summary>The request names a document that is not published.</summary>
    PersistedQueryNotInList,

    /// <summary>The request has a text, and only those run that are published.</summary>
    QueryNotInSafelist,

    /// <summary>The request has a text, and only documents run that are published and named by their identifier.</summary>
    PersistedQueryIdRequired,

    /// <summary>What is published cannot be had now.</summary>
    PersistedQueriesUnavailable,

    /// <summary>The selection is nested deeper than the limit.</summary>
    MaxDepthExceeded,

    /// <summary>More aliases than the limit.</summary>
    MaxAliasesExceeded,

    /// <summary>More root fields than the limit.</summary>
    MaxRootFieldsExceeded,

    /// <summary>More directives than the limit.</summary>
    MaxDirectivesExceeded,

    /// <summary>More fields in one selection set than the limit.</summary>
    MaxBreadthExceeded,

    /// <summary>More fields than the limit once fragments are inlined.</summary>
    MaxFieldsExceeded,

    /// <summary>The operation can cost more than the limit; the estimate says so before it runs.</summary>
    CostEstimatedTooExpensive,

    /// <summary>The operation's plan can ask a source for more than that source's limit.</summary>
    SubgraphCostEstimatedTooExpensive,

    /// <summary>More tokens than the limit.</summary>
    TokenLimitExceeded,

    /// <summary>A feature that this version does not have; the message names it.</summary>
    NotSupported,

    /// <summary>A request by a foreign site without a preflight header.</summary>
    CsrfError,

    /// <summary>The request has no credential where one is needed, or one that is not valid; the message says what is wrong with it.</summary>
    Unauthenticated,

    /// <summary>The credential cannot be checked now: what it is checked with cannot be had.</summary>
    AuthenticationUnavailable,

    /// <summary>The client may not see the field, or values of its type.</summary>
    UnauthorizedFieldOrType,

    /// <summary>The object's type, or the value, is there for what others require (<c>@inaccessible</c>) and not for clients.</summary>
    Inaccessible,

    /// <summary>The consumer's budget is used up, or the operation was sent as often as it may; the message says when to come again.</summary>
    RateLimited,

    /// <summary>What counts budgets for all replicas cannot be asked now.</summary>
    RateLimitUnavailable,

    /// <summary>The client's address may not ask.</summary>
    Forbidden,

    /// <summary>Introspection is switched off.</summary>
    IntrospectionDisabled,

    /// <summary>A source could not be reached, or answered with an HTTP status that carries no GraphQL answer.</summary>
    SubrequestHttpError,

    /// <summary>A source answered with something that is not a GraphQL answer, or that contradicts its schema.</summary>
    SubrequestMalformedResponse,

    /// <summary>A source answered with an error of its own.</summary>
    DownstreamServiceError,

    /// <summary>A source did not answer in its time.</summary>
    GatewayTimeout,

    /// <summary>The whole request took longer than allowed.</summary>
    RequestTimeout,

    /// <summary>A request to a source would be larger than allowed.</summary>
    SubrequestTooLarge,

    /// <summary>Too many requests wait for a source.</summary>
    SubgraphQueueFull,

    /// <summary>The operation needs more requests to sources than allowed.</summary>
    SubrequestLimitExceeded,

    /// <summary>The answers that the gateway holds for all requests fill the memory that is allowed for them.</summary>
    AnswerMemoryFull,

    /// <summary>The answer of a request, or what it takes to put it together, is larger than allowed.</summary>
    AnswerTooLarge,

    /// <summary>The gateway stops, and did not wait for the rest of the answer.</summary>
    GatewayShuttingDown,

    /// <summary>Batched requests are switched off.</summary>
    BatchingNotEnabled,

    /// <summary>A batch has more entries than the limit.</summary>
    BatchLimitExceeded,

    /// <summary>No source can serve the field on the way by which it was reached.</summary>
    FieldNotServable,

    /// <summary>The plan of the operation is wrong: a fault of our own, found before any source was asked.</summary>
    PlanNotVerified,

    /// <summary>A part of an object's key is null, so that no source can be asked for the field; the message names the key.</summary>
    NullKey,

    /// <summary>A non-null field had no value.</summary>
    NonNullViolation,

    /// <summary>There are more errors than an answer tells; the message says how many.</summary>
    TooManyErrors,

    /// <summary>A fault of our own; details are in the log.</summary>
    InternalServerError,
}

/// <summary>The wire form of <see cref="ErrorCode"/>.</summary>
public static class ErrorCodes
{
    private static readonly string[] Wire = [.. Enum.GetNames<ErrorCode>().Select(ToScreamingSnakeCase)];

    /// <summary>The code as clients read it, such as <c>GRAPHQL_PARSING_FAILED</c>.</summary>
    public static string ToWire(this ErrorCode code) => Wire[(int)code];

    private static string ToScreamingSnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToUpperInvariant(c));
        }

        return text.ToString();
    }
}
