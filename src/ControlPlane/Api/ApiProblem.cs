using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GraphGateway.ControlPlane;

/// <summary>Why the registry's API has not done what was asked.</summary>
public enum ApiProblemCode
{
    /// <summary>401: no key was shown.</summary>
    KeyMissing,

    /// <summary>401: what was shown is no key of this registry.</summary>
    KeyInvalid,

    /// <summary>401: the key is no longer valid.</summary>
    KeyExpired,

    /// <summary>401: the key was revoked.</summary>
    KeyRevoked,

    /// <summary>403: the key is not for this.</summary>
    Forbidden,

    /// <summary>404: there is nothing of that name.</summary>
    NotFound,

    /// <summary>405: there is something, but not with this method.</summary>
    MethodNotAllowed,

    /// <summary>400: a part of the address is not what it should be.</summary>
    ArgumentInvalid,

    /// <summary>400: the body is not what it should be.</summary>
    BodyInvalid,

    /// <summary>413: the body is too large.</summary>
    BodyTooLarge,

    /// <summary>415: the body is not said to be JSON.</summary>
    MediaTypeUnsupported,

    /// <summary>409: the registry does not take the change; nothing was stored.</summary>
    ChangeRefused,

    /// <summary>503: too many ask at the same time.</summary>
    Busy,

    /// <summary>503: the store cannot be used.</summary>
    StoreUnavailable,

    /// <summary>500: a mistake of the registry's own; its log has it.</summary>
    Internal,
}

/// <summary>
/// What the API answers instead of what was asked: problem details as <see href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</see> has them, with the members
/// <c>code</c>, by which programs tell them apart, and <c>advice</c>, what to do.
/// </summary>
/// <param name="Code">Which one.</param>
/// <param name="Detail">What is wrong this time.</param>
/// <param name="Advice">What to do.</param>
internal sealed record ApiProblem(ApiProblemCode Code, string Detail, string Advice)
{
    /// <summary>The persisted operations that would break, each with what is wrong; null where it is about something else.</summary>
    public IReadOnlyList<string>? Broken { get; init; }

    public const string MediaType = "application/problem+json";

    /// <summary>What stands in <see cref="Detail"/> where no operation has the path.</summary>
    public const string NothingHere = "There is nothing here.";

    /// <summary>What only the registry's own log is told besides; null for nothing.</summary>
    public string? ForLog { get; init; }

    public static int StatusOf(ApiProblemCode code) => code switch
    {
        ApiProblemCode.KeyMissing or ApiProblemCode.KeyInvalid or ApiProblemCode.KeyExpired or ApiProblemCode.KeyRevoked => StatusCodes.Status401Unauthorized,
        ApiProblemCode.Forbidden => StatusCodes.Status403Forbidden,
        ApiProblemCode.NotFound => StatusCodes.Status404NotFound,
        ApiProblemCode.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        ApiProblemCode.ArgumentInvalid or ApiProblemCode.BodyInvalid => StatusCodes.Status400BadRequest,
        ApiProblemCode.BodyTooLarge => StatusCodes.Status413PayloadTooLarge,
        ApiProblemCode.MediaTypeUnsupported => StatusCodes.Status415UnsupportedMediaType,
        ApiProblemCode.ChangeRefused => StatusCodes.Status409Conflict,
        ApiProblemCode.Busy or ApiProblemCode.StoreUnavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    public static string WireOf(ApiProblemCode code) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(code.ToString());

    public static ApiProblem NotFound(string detail) => new(ApiProblemCode.NotFound, detail, "GET /api/stages tells what there is.");

    public static ApiProblem Argument(string detail) => new(ApiProblemCode.ArgumentInvalid, detail, "GET /openapi.json tells what is taken.");

    public static ApiProblem Refused(LaunchResult refused) => refused.Broken.IsEmpty ? Refused(refused.Refusal!) : Refused(refused.Refusal!) with { Broken = refused.Broken };

    public static ApiProblem Refused(string refusal) => new(ApiProblemCode.ChangeRefused, refusal, "Nothing was stored. Mend what is said here, and send it again.");

    public async Task WriteAsync(HttpContext context)
    {
        var status = StatusOf(Code);
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = Code == ApiProblemCode.KeyMissing ? "Bearer" : "Bearer error=\"invalid_token\"";
        }
        else if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        await ApiJson.WriteAsync(context, MediaType, new
        {
            Type = $"urn:graphgateway:registry:{JsonNamingPolicy.KebabCaseLower.ConvertName(Code.ToString())}",
            Title = JsonNamingPolicy.KebabCaseLower.ConvertName(Code.ToString()).Replace('-', ' '),
            Status = status,
            Detail,
            Code = WireOf(Code),
            Advice,
            Broken,
        });
    }
}
