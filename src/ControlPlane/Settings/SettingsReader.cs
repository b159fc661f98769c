using System.Collections.Immutable;
using System.Globalization;
using GraphGateway.Validation;
using Microsoft.Extensions.Configuration;

namespace GraphGateway.ControlPlane;

/// <summary>A setting that the gateway cannot start with.</summary>
/// <param name="Key">The whole key, for example <c>Gateway:Limits:Tokens</c>.</param>
/// <param name="Message">What is wrong with it and what to do.</param>
public sealed record SettingProblem(string Key, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Key}: {Message}";
}

/// <summary>
/// Reads one section strictly: each question makes its key known, values out of range are collected, and at the end
/// <see cref="RefuseUnknown"/> collects the keys that nobody asked for. A feature reads its options with one of these.
/// </summary>
/// <param name="section">The section.</param>
/// <param name="problems">Where problems are collected.</param>
public sealed class SettingsReader(IConfigurationSection section, List<SettingProblem> problems)
{
    private readonly IConfigurationSection section = section;
    private readonly SortedSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Any text; null where the key is absent or empty.</summary>
    /// <param name="key">The key inside the section.</param>
    public string? Text(string key)
    {
        var child = Known(key);
        if (child.GetChildren().Any())
        {
            Problem(key, "takes one value, not several.");
            return null;
        }

        return string.IsNullOrWhiteSpace(child.Value) ? null : child.Value.Trim();
    }

    /// <summary><c>On</c> or <c>Off</c>, also <c>true</c> or <c>false</c>.</summary>
    /// <param name="key">The key inside the section.</param>
    /// <param name="otherwise">The value where the key is absent.</param>
    public bool OnOff(string key, bool otherwise)
    {
        switch (Text(key)?.ToUpperInvariant())
        {
            case null:
                return otherwise;
            case "ON" or "TRUE":
                return true;
            case "OFF" or "FALSE":
                return false;
            default:
                Problem(key, $"'{Text(key)}' is neither On nor Off.");
                return otherwise;
        }
    }

    /// <summary>A whole number, mostly from 1.</summary>
    /// <param name="key">The key inside the section.</param>
    /// <param name="otherwise">The value where the key is absent.</param>
    /// <param name="max">The largest.</param>
    /// <param name="min">The smallest, not below 0.</param>
    public int Count(string key, int otherwise, int max = int.MaxValue, int min = 1)
    {
        if (Text(key) is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        Problem(key, $"'{text}' is not a whole number from {min} to {max}.");
        return otherwise;
    }

    /// <summary>A part of a whole from 0 to 1, such as <c>0.25</c> or <c>25%</c>; null where the key is absent, or wrong.</summary>
    /// <param name="key">The key inside the section.</param>
    public double? Share(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        var isPercent = text.EndsWith('%');
        if (double.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && (isPercent ? number / 100 : number) is >= 0 and <= 1 and var share)
        {
            return share;
        }

        Problem(key, $"'{text}' is not a part from 0 to 1. Write for example 0.25 or 25%.");
        return null;
    }

    /// <summary>An amount of memory: bytes, or a part of what there is, such as <c>25%</c>.</summary>
    /// <param name="key">The key inside the section.</param>
    /// <param name="otherwise">The value where the key is absent, in bytes.</param>
    /// <param name="all">All there is, in bytes.</param>
    public long Memory(string key, long otherwise, long all)
    {
        if (Text(key) is not { } text)
        {
            return otherwise;
        }

        if (text.EndsWith('%'))
        {
            if (double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and <= 100)
            {
                return Math.Max(1, (long)(all * (percent / 100)));
            }
        }
        else if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > 0)
        {
            return bytes;
        }

        Problem(key, $"'{text}' is neither a number of bytes nor a part of the memory. Write for example 500000000 or 25%.");
        return otherwise;
    }

    /// <summary>A limit: its number alone, or a section with <c>Max</c> and <c>Mode</c> (<c>Measure</c> or <c>Enforce</c>).</summary>
    /// <param name="key">The key inside the section.</param>
    /// <param name="otherwise">What holds where the key, or a part of it, is absent.</param>
    public OperationLimit Limit(string key, OperationLimit otherwise)
    {
        var child = Known(key);
        if (!string.IsNullOrEmpty(child.Value))
        {
            if (child.GetChildren().Any())
            {
                Problem(key, $"is given as the number '{child.Value}' and with settings of its own. Write {key}:Max instead of the number.");
                return otherwise;
            }

            return otherwise with { Max = Count(key, otherwise.Max) };
        }

        var reader = new SettingsReader(child, problems);
        var limit = new OperationLimit(reader.Count("Max", otherwise.Max), reader.Choice("Mode", otherwise.Mode));
        reader.RefuseUnknown();
        return limit;
    }

    /// <summary>A duration: a number with <c>ms</c>, <c>s</c>, <c>m</c> or <c>h</c>, or <c>hh:mm:ss</c>; more than zero, at most a day.</summary>
    /// <param name="key">The key inside the section.</param>
    /// <param name="otherwise">The value where the key is absent.</param>
    /// <param name="allowsZero">True where no time at all is one too.</param>
    public TimeSpan Duration(string key, TimeSpan otherwise, bool allowsZero = false)
    {
        if (Text(key) is not { } text)
        {
            return otherwise;
        }

        if (ParseDuration(text) is { } value && value >= (allowsZero ? TimeSpan.Zero : TimeSpan.FromTicks(1)) && value <= TimeSpan.FromDays(1))
        {
            return value;
        }

        Problem(key, $"'{text}' is not a duration between {(allowsZero ? "0s" : "1ms")} and 24h. Write for example 500ms, 30s, 2m or 00:00:30.");
        return otherwise;
    }

    /// <summary>One of an enumeration's names.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="key">The key inside the section.</param>
    /// <param name="otherwise">The value where the key is absent.</param>
    public T Choice<T>(string key, T otherwise)
        where T : struct, Enum
    {
        if (Text(key) is not { } text)
        {
            return otherwise;
        }

        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        Problem(key, $"'{text}' is not one of {string.Join(", ", Enum.GetNames<T>())}.");
        return otherwise;
    }

    /// <summary>An absolute http or https address.</summary>
    /// <param name="key">The key inside the section.</param>
    /// <param name="otherwise">The value where the key is absent.</param>
    public Uri? Url(string key, Uri? otherwise)
    {
        if (Text(key) is not { } text)
        {
            return otherwise;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        Problem(key, $"'{text}' is not an address such as http://127.0.0.1:5101/graphql.");
        return otherwise;
    }

    /// <summary>A list: an array in the file, <c>key:0</c>, <c>key:1</c>, or one text with commas.</summary>
    /// <param name="key">The key inside the section.</param>
    /// <param name="otherwise">The value where the key is absent.</param>
    public ImmutableArray<string> Texts(string key, ImmutableArray<string> otherwise)
    {
        var child = Known(key);
        var values = child.GetChildren().Select(item => item.Value ?? "").ToList();
        if (values.Count == 0 && child.Value is null)
        {
            return otherwise;
        }

        var texts = values.Count > 0
            ? values.Select(value => value.Trim())
            : child.Value!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return [.. texts];
    }

    /// <summary>A list whose items are texts or have settings of their own; one text with commas where none of them has.</summary>
    /// <typeparam name="T">An item.</typeparam>
    /// <param name="key">The key inside the section.</param>
    /// <param name="ofText">Makes an item of a text.</param>
    /// <param name="read">Reads an item that has settings.</param>
    public ImmutableArray<T> Items<T>(string key, Func<string, T> ofText, Func<SettingsReader, T> read)
    {
        if (!Known(key).GetChildren().Any(item => item.GetChildren().Any()))
        {
            return [.. Texts(key, []).Select(ofText)];
        }

        return Section(key, list => list.OtherKeys().Select(item =>
            list.section.GetSection(item).GetChildren().Any() ? list.Section(item, read) : ofText(list.Text(item) ?? "")).ToImmutableArray());
    }

    /// <summary>A section inside this one, which is read to its end.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="key">The key inside the section.</param>
    /// <param name="read">Reads it; an absent section is read too and gives the defaults.</param>
    public T Section<T>(string key, Func<SettingsReader, T> read)
    {
        var child = Known(key);
        if (!string.IsNullOrEmpty(child.Value))
        {
            Problem(key, $"takes settings of its own, not the value '{child.Value}'.");
        }

        var reader = new SettingsReader(child, problems);
        var value = read(reader);
        reader.RefuseUnknown();
        return value;
    }

    /// <summary>The keys inside the section that nobody has asked for yet: names that the user has chosen.</summary>
    public ImmutableArray<string> OtherKeys() =>
        [.. section.GetChildren().Select(child => child.Key).Where(key => !_known.Contains(key))];

    /// <summary>Collects a problem with a key of this section.</summary>
    /// <param name="key">The key inside the section.</param>
    /// <param name="message">What is wrong with it and what to do.</param>
    public void Problem(string key, string message) => problems.Add(new SettingProblem($"{section.Path}:{key}", message));

    /// <summary>Collects the keys that nobody asked for: a mistyped setting is not to be passed over in silence.</summary>
    public void RefuseUnknown()
    {
        foreach (var key in OtherKeys())
        {
            Problem(key, _known.Count == 0
                ? "There is no such setting."
                : $"There is no such setting. Known here: {string.Join(", ", _known)}.");
        }
    }

    private static TimeSpan? ParseDuration(string text)
    {
        var unit = text.TrimStart("0123456789.".ToCharArray());
        if (unit.Length > 0
            && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number <= 100_000_000)
        {
            return unit.Trim() switch
            {
                "ms" => TimeSpan.FromMilliseconds(number),
                "s" => TimeSpan.FromSeconds(number),
                "m" => TimeSpan.FromMinutes(number),
                "h" => TimeSpan.FromHours(number),
                _ => TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var exact) ? exact : null,
            };
        }

        return null;
    }

    private IConfigurationSection Known(string key)
    {
        _known.Add(key);
        return section.GetSection(key);
    }
}
