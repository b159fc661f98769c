using System.Collections.Immutable;
using System.Globalization;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary>Reads what a key is to be for; what is wrong with it is told, and false says so.</summary>
internal static class KeyArguments
{
    private const int MaxLength = 200;

    internal static bool IsName(string option, string? text, KeyReport report)
    {
        if (text is not null && SecretMask.HasSecret(text))
        {
            report.Fail($"{option}: this has a key in it, which everybody could see then.");
            return false;
        }

        if (text is null || (text.Trim().Length > 0 && text.Length <= MaxLength && !text.Any(char.IsControl)))
        {
            return true;
        }

        report.Fail($"{option}: '{text}' is no name: 1 to {MaxLength} characters, none of them a control character.");
        return false;
    }

    /// <summary>
    /// The id of the key that is meant: the id itself, or the whole key, which people have at hand. What is neither is not repeated: it can be a secret, with a
    /// mistake in it or in the header that it is sent in.
    /// </summary>
    internal static bool TryId(string text, KeyReport report, out string id)
    {
        id = ApiKeyText.IdOf(text.Trim()) ?? text;
        if (ApiKeyText.IsId(id))
        {
            return true;
        }

        report.Fail("ID: this names no key. Give the 16 digits between ggk_ and the next _, or all of the key and nothing else.");
        return false;
    }

    internal static bool TryScopes(string[]? given, KeyHolder holder, KeyReport report, out ImmutableArray<string> scopes)
    {
        scopes = [.. (given ?? []).Distinct(StringComparer.Ordinal)];
        if (scopes.IsEmpty && holder.NeedsScope is { } needed)
        {
            report.Fail(needed);
            return false;
        }

        foreach (var scope in scopes)
        {
            if (scope.Contains(' ', StringComparison.Ordinal))
            {
                report.Fail($"--scope: '{scope}' has a space. Repeat --scope for several.");
                return false;
            }

            if (!IsName("--scope", scope, report))
            {
                return false;
            }

            if (holder.FindScopeProblem(scope) is { } problem)
            {
                report.Fail(problem);
                return false;
            }
        }

        return true;
    }

    internal static bool TryEnd(string? given, DateTimeOffset now, KeyReport report, out DateTimeOffset? end)
    {
        end = null;
        if (!TryTime("--expires", given, TimeSpan.Zero, report, out var time))
        {
            return false;
        }

        end = given is null ? null : now + time;
        if (end is not null && time == TimeSpan.Zero)
        {
            report.Fail("--expires: a key that is never valid is of no use.");
            return false;
        }

        return true;
    }

    internal static bool TryTime(string option, string? given, TimeSpan otherwise, KeyReport report, out TimeSpan time)
    {
        time = otherwise;
        if (given is null)
        {
            return true;
        }

        if (given.Length > 1 && int.TryParse(given.AsSpan(0, given.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 100_000)
        {
            switch (given[^1])
            {
                case 's':
                    time = TimeSpan.FromSeconds(number);
                    return true;
                case 'm':
                    time = TimeSpan.FromMinutes(number);
                    return true;
                case 'h':
                    time = TimeSpan.FromHours(number);
                    return true;
                case 'd':
                    time = TimeSpan.FromDays(number);
                    return true;
            }
        }

        report.Fail($"{option}: '{given}' is no time. Write for example 30m, 24h or 90d.");
        return false;
    }
}
