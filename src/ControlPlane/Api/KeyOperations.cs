using System.Collections.Immutable;

namespace GraphGateway.ControlPlane;

/// <summary>What makes and ends the registry's keys. A key does not revoke itself, so that nobody locks all out by mistake.</summary>
internal static class KeyOperations
{
    private const int MostScopes = 100;
    private const int MostKeys = 10_000;
    private static readonly TimeSpan MostGrace = TimeSpan.FromDays(365);

    public static ImmutableArray<ApiOperation> All { get; } =
    [
        new("listKeys", "GET", "/api/keys", "Lists all keys: what they may do, not the keys themselves.", [RegistryRole.Admin])
        {
            Answer = typeof(ImmutableArray<KeyAnswer>),
            Run = async call => ApiAnswer.Of((await call.Services.Keys.ListAsync(call.Cancellation)).Select(KeyAnswer.Of).ToImmutableArray()),
        },
        new("createKey", "POST", "/api/keys", "Makes a key and gives it, this once.", [RegistryRole.Admin])
        {
            Body = typeof(KeyBody), Answer = typeof(MadeKeyAnswer), Run = CreateAsync,
        },
        new("rotateKey", "POST", "/api/keys/{id}/rotate", "Makes a key for the same in the place of another one, which stays valid for a while.", [RegistryRole.Admin])
        {
            Body = typeof(RotateBody), Answer = typeof(MadeKeyAnswer), Run = RotateAsync,
        },
        new("revokeKey", "DELETE", "/api/keys/{id}", "Ends a key at once and for good.", [RegistryRole.Admin]) { Answer = typeof(KeyAnswer), Run = RevokeAsync },
    ];

    private static async Task<ApiAnswer> CreateAsync(ApiCall call)
    {
        var (body, problem) = call.Read<KeyBody>();
        if ((problem ?? FindProblem(call, body!)) is { } wrong)
        {
            return wrong;
        }

        if ((await call.Services.Keys.ListAsync(call.Cancellation)).Length >= MostKeys)
        {
            return ApiProblem.Refused($"The registry has {MostKeys} keys, and there is no room for more.");
        }

        var made = await call.Services.Keys.CreateAsync(
            new ApiKeyGrant(body!.Name, null, [.. body.Scopes.Select(scope => RegistryScope.Parse(scope)!.ToString())], body.Expires), call.Services.Pepper, call.Now, call.Cancellation);
        return ApiAnswer.Of(new MadeKeyAnswer(made.Text, KeyAnswer.Of(made.Key)));
    }

    private static async Task<ApiAnswer> RotateAsync(ApiCall call)
    {
        var (body, problem) = call.Read<RotateBody>();
        if (problem is not null)
        {
            return problem;
        }

        if (body!.GraceSeconds < 0 || body.GraceSeconds > MostGrace.TotalSeconds || body.Expires <= call.Now)
        {
            return ApiCall.Invalid("\"graceSeconds\" is 0 to a year, and \"expires\" is to come.");
        }

        return await call.Services.Keys.RotateAsync(
            call.Route("id"), TimeSpan.FromSeconds(body.GraceSeconds), body.Expires, call.Services.Pepper, call.Now, call.Cancellation) is { } made
            ? ApiAnswer.Of(new MadeKeyAnswer(made.Text, KeyAnswer.Of(made.Key)))
            : NoKey();
    }

    private static async Task<ApiAnswer> RevokeAsync(ApiCall call)
    {
        var id = call.Route("id");
        if (id == call.Caller.KeyId)
        {
            return ApiProblem.Refused("A key does not revoke itself: somebody could lock all out. Use another admin key.");
        }

        return await call.Services.Keys.RevokeAsync(id, call.Now, call.Cancellation)
            ? ApiAnswer.Of(KeyAnswer.Of((await call.Services.Keys.FindAsync(id, call.Cancellation))!))
            : NoKey();
    }

    private static ApiProblem? FindProblem(ApiCall call, KeyBody body) =>
        RegistryLimits.FindProblem(new LaunchNote(body.Name, null)) is not null
            ? ApiCall.Invalid($"\"name\" has 1 to {RegistryLimits.LabelLength} characters, none of them a control character.")
        : body.Scopes.Length is 0 or > MostScopes ? ApiCall.Invalid($"\"scopes\" are 1 to {MostScopes}: {RegistryScope.Form}.")
        : body.Scopes.Any(scope => scope is null || RegistryScope.Parse(scope) is null) ? ApiCall.Invalid($"\"scopes\" has one that is none: {RegistryScope.Form}.")
        : body.Expires <= call.Now ? ApiCall.Invalid("\"expires\" is past: a key that is never valid is of no use.")
        : null;

    // The id is not repeated: somebody may have sent a whole key.
    private static ApiProblem NoKey() => new(
        ApiProblemCode.NotFound, "There is no such key that is valid, and not replaced yet.", "GET /api/keys tells which there are. A key is named by the 16 digits between ggk_ and the next _.");
}
