using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace GraphGateway.ControlPlane;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="IsNumber">Whether it has numbers, which stand at the right.</param>
internal readonly record struct Column(string Name, bool IsNumber = false)
{
    public static implicit operator Column(string name) => new(name);
}

/// <summary>What several pages are made of.</summary>
internal static class Parts
{
    /// <summary>A section with a heading.</summary>
    public static Html Section(string title, params Html?[] content) => Html.Of("section", [Html.Of("h2", title), .. content]);

    /// <summary>A table. The first cell of a row is its heading; where the window is narrow, the others stand below it, each with the name of its column.</summary>
    public static Html Table(string caption, ImmutableArray<Column> columns, IEnumerable<Html?[]> rows) => Scrolled(
        caption,
        Html.Of(
            "table",
            Html.Of("caption", caption),
            Html.Of("thead", Html.Of("tr", [.. columns.Select(column => Html.Of("th", column.Name).With("scope", "col").Class(column.IsNumber ? "right" : null))])),
            Html.Of("tbody", [.. rows.Select(row => Html.Many("\n", Html.Of("tr", [.. row.Select((cell, at) => at == 0
                ? Html.Of("th", cell).With("scope", "row")
                : Html.Of("td", cell ?? Html.Of("span", "-").Class("none")).Class(columns[at].IsNumber ? "right" : null).With("data-name", columns[at].Name))])))])));

    /// <summary>What can be wider than the window: it can be scrolled with the keyboard, too.</summary>
    public static Html Scrolled(string label, Html content) =>
        Html.Of("div", content).Class("scroll").With("tabindex", "0").With("role", "region").With("aria-label", label);

    /// <summary>Names with what belongs to them; what is null is left out.</summary>
    public static Html Facts(params (string Name, Html? Value)[] facts) => Html.Of(
        "dl", [.. facts.Where(fact => fact.Value is not null).Select(fact => Html.Of("div", Html.Of("dt", fact.Name), Html.Of("dd", fact.Value)))]);

    /// <summary>What became of a launch.</summary>
    public static Html Status(LaunchStatus status) =>
        Html.Of("span", status == LaunchStatus.RolledBack ? "rolled back" : Word(status)).Class($"badge {Word(status)}");

    /// <summary>Links to what is beside the page.</summary>
    public static Html Links(params (string Name, string Path)[] links) =>
        Html.Of("ul", [.. links.Select(link => Html.Of("li", Html.Link(link.Path, link.Name)))]).Class("links");

    public static Html Code(string text) => Html.Of("code", text);

    public static Html? Tag(LaunchNote note) => note.Tag is { } tag ? Code(tag) : null;

    public static string Word(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>A launch as people say it, such as <c>publish orders@3</c>.</summary>
    public static string Words(Launch launch) => launch is { Kind: LaunchKind.Approve, Target: { } target }
        ? $"approve #{target} ({launch.Subject})"
        : $"{Word(launch.Kind)} {launch.Subject}";

    public static string Client(string name) => name.Length == 0 ? "(no name)" : name;

    /// <summary>A number with its word, such as <c>3 clients</c>.</summary>
    public static string Count(long number, string word) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {word}{(number == 1 ? "" : "s")}");

    /// <summary>The way to what comes after a part of a list; null at its end.</summary>
    public static Html? More(string? path, string words) => path is null ? null : Html.Of("p", Html.Link(path, words)).Class("more");

    /// <summary>A field of a form with its label.</summary>
    public static Html Field(string id, string label, string? value, string type = "search") => Html.Of(
        "div",
        Html.Of("label", label).With("for", id),
        Html.Of("input").Id(id).With("name", id).With("type", type).With("value", value).With("maxlength", type == "number" ? null : "200").With("min", type == "number" ? "1" : null));

    /// <summary>A form that asks for another view of the same page.</summary>
    public static Html Search(string path, string button, params Html?[] fields) =>
        Html.Of("form", [.. fields, Html.Of("button", button).With("type", "submit")]).With("method", "get").With("action", path).Class("search").With("role", "search");
}
