using System.Collections.Immutable;
using GraphGateway.ControlPlane;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>Reads and checks <c>Gateway:Identity</c>, and <c>Identity</c> of a source.</summary>
internal static class IdentityOptionsReader
{
    private const string KeyFiles = nameof(IdentityOptions.KeyFiles);

    /// <summary>By what is signed, and what sources get that have no rules of their own.</summary>
    public static (IdentityOptions Options, IdentityRules Rules) Read(SettingsReader reader)
    {
        var defaults = new IdentityOptions();
        var files = reader.Texts(KeyFiles, []);
        var options = new IdentityOptions
        {
            Keys = ReadKeys(reader, files),
            KeyFiles = files,
            Issuer = reader.Text(nameof(IdentityOptions.Issuer)) ?? defaults.Issuer,
            Lifetime = reader.Duration(nameof(IdentityOptions.Lifetime), defaults.Lifetime),
            RememberedBytes = reader.Count(nameof(IdentityOptions.RememberedBytes), defaults.RememberedBytes, min: IdentityOptions.MinRememberedBytes),
        };
        if (options.Lifetime < IdentityOptions.MinLifetime || options.Lifetime > IdentityOptions.MaxLifetime)
        {
            reader.Problem(
                nameof(IdentityOptions.Lifetime),
                "is to be from 10s to 1h: long enough for the way to a source, and no longer than somebody may use a token that he has found.");
        }

        return (options, ReadRules(reader));
    }

    /// <summary>The rules of one source: its own where there are any, else those for all.</summary>
    public static IdentityRules ReadOwn(SettingsReader reader, IdentityRules all)
    {
        if (reader.OtherKeys().IsEmpty)
        {
            return all;
        }

        return ReadRules(reader) with { Audience = reader.Text(nameof(IdentityRules.Audience)) };
    }

    /// <summary>What only all settings together can say.</summary>
    /// <param name="reader">Of the section <c>Gateway</c>.</param>
    /// <param name="options">By what is signed.</param>
    /// <param name="sources">How each source is called.</param>
    public static void Check(SettingsReader reader, IdentityOptions options, SubgraphsOptions sources)
    {
        foreach (var (name, source) in sources.Named.Prepend(KeyValuePair.Create(nameof(SubgraphsOptions.All), sources.All)))
        {
            if (source.Identity.Sign && options.Keys.IsEmpty)
            {
                reader.Problem(
                    $"{nameof(GatewayOptions.Identity)}:{KeyFiles}",
                    "is missing, and Sign is On. `openssl ecparam -name prime256v1 -genkey -noout -out identity.pem` makes a key.");
                break;
            }

            // What the rules for all sources say is told once.
            var headers = ReferenceEquals(source.Identity, sources.All.Identity) ? source.Headers[^1..] : source.Headers;
            CheckHeaders(reader, $"{nameof(GatewayOptions.Subgraphs)}:{name}", source with { Headers = headers }, sources.IdentityHeaders);
        }
    }

    private static void CheckHeaders(SettingsReader reader, string key, SubgraphOptions source, ImmutableArray<string> reserved)
    {
        var own = source.Identity.Headers.ToList();
        foreach (var header in source.Headers.SelectMany(rules => rules.Propagate).Where(header => !HeaderNames.IsPattern(header.Name)))
        {
            // Where clients have their own credentials, other sources may get those.
            var name = header.As ?? header.Name;
            if (own.Exists(other => HeaderNames.LookAlike(other, name))
                || reserved.Any(other => HeaderNames.LookAlike(other, name) && !HeaderNames.LookAlike(other, IdentityRules.Authorization)))
            {
                reader.Problem($"{key}:Headers:Propagate", $"'{name}' is set by Identity: it can never come from a client. Leave one of them out.");
            }
        }

        foreach (var name in source.Headers.SelectMany(rules => rules.Insert).Select(header => header.Key).Where(name => own.Exists(other => HeaderNames.LookAlike(other, name))))
        {
            reader.Problem($"{key}:Headers:Insert", $"'{name}' is set by Identity. Leave one of them out.");
        }

        if (source.DeadlineHeader is { } deadline && own.Exists(other => HeaderNames.LookAlike(other, deadline)))
        {
            reader.Problem($"{key}:DeadlineHeader", $"'{deadline}' is set by Identity. Leave one of them out.");
        }
    }

    private static IdentityRules ReadRules(SettingsReader reader)
    {
        var defaults = IdentityRules.None;
        var rules = new IdentityRules
        {
            Forward = reader.OnOff(nameof(IdentityRules.Forward), defaults.Forward),
            Claims = reader.Section(nameof(IdentityRules.Claims), ReadClaims),
            Sign = reader.OnOff(nameof(IdentityRules.Sign), defaults.Sign),
            SignHeader = reader.Text(nameof(IdentityRules.SignHeader)) ?? defaults.SignHeader,
            SignClaims = reader.Texts(nameof(IdentityRules.SignClaims), defaults.SignClaims),
        };
        if (!rules.SignHeader.Equals(IdentityRules.Authorization, StringComparison.OrdinalIgnoreCase) && Refusal(rules.SignHeader) is { } refusal)
        {
            reader.Problem(nameof(IdentityRules.SignHeader), refusal);
        }

        foreach (var name in rules.SignClaims.Where(IdentityToken.OwnClaims.Contains))
        {
            reader.Problem(nameof(IdentityRules.SignClaims), $"'{name}' is in the token as the gateway knows it. Name other claims.");
        }

        var headers = rules.Headers.ToList();
        foreach (var name in headers.Where((name, i) => headers.FindIndex(other => HeaderNames.LookAlike(other, name)) < i))
        {
            reader.Problem(nameof(IdentityRules.Claims), $"the header '{name}' would be set twice. Headers have different names, whatever their case, and whatever stands between letters and digits.");
        }

        return rules;
    }

    private static ImmutableArray<ClaimHeader> ReadClaims(SettingsReader reader)
    {
        var claims = ImmutableArray.CreateBuilder<ClaimHeader>();
        foreach (var header in reader.OtherKeys())
        {
            var fact = reader.Text(header);
            if (fact is null)
            {
                reader.Problem(header, "is empty: name what it has, such as sub, scope, or a claim.");
            }

            if (Refusal(header) is { } refusal)
            {
                reader.Problem(header, refusal);
            }

            claims.Add(new ClaimHeader(header, fact ?? "sub"));
        }

        return claims.ToImmutable();
    }

    private static string? Refusal(string name) =>
        !HeaderNames.IsName(name) || HeaderNames.IsPattern(name) ? $"'{name}' is not the name of a header."
        : HeaderNames.LookAlike(name, IdentityRules.Authorization) ? $"'{name}' is where credentials go. Set Forward to On, or SignHeader to Authorization."
        : !HeaderNames.IsForPatterns(name) ? $"'{name}' has a meaning of its own and cannot say who asks. Write for example X-User-Id."
        : null;

    private static ImmutableArray<EllipticKey> ReadKeys(SettingsReader reader, ImmutableArray<string> files)
    {
        var problems = new List<string>();
        var keys = IdentityKeyFiles.Read(files, problems);
        foreach (var problem in problems)
        {
            reader.Problem(KeyFiles, problem);
        }

        return keys;
    }
}
