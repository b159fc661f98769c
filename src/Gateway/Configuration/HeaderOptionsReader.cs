using System.Collections.Immutable;
using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>Reads and checks <c>Headers</c> of a source, or of all.</summary>
internal static class HeaderOptionsReader
{
    public static HeaderOptions Read(SettingsReader reader)
    {
        var options = new HeaderOptions
        {
            Propagate = [.. reader.Items(nameof(HeaderOptions.Propagate), name => new PropagatedHeader(name), ReadPropagated)],
            Insert = reader.Section(nameof(HeaderOptions.Insert), ReadInserted),
            Remove = reader.Texts(nameof(HeaderOptions.Remove), []),
        };
        foreach (var header in options.Propagate)
        {
            Check(reader, header);
        }

        foreach (var name in options.Remove.Where(name => !HeaderNames.IsName(name)))
        {
            reader.Problem(nameof(HeaderOptions.Remove), $"'{name}' is not the name of a header, nor a pattern such as X-*.");
        }

        return options;
    }

    private static PropagatedHeader ReadPropagated(SettingsReader reader)
    {
        var name = reader.Text(nameof(PropagatedHeader.Name));
        if (name is null)
        {
            reader.Problem(nameof(PropagatedHeader.Name), "is missing: the client's header.");
        }

        return new PropagatedHeader(name ?? "X-Unnamed")
        {
            As = reader.Text(nameof(PropagatedHeader.As)),
            Default = reader.Text(nameof(PropagatedHeader.Default)),
        };
    }

    private static ImmutableArray<KeyValuePair<string, string>> ReadInserted(SettingsReader reader)
    {
        var headers = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (var name in reader.OtherKeys())
        {
            var value = reader.Text(name) ?? "";
            if (HeaderNames.IsPattern(name))
            {
                reader.Problem(name, "is a pattern; a header that is inserted needs a name.");
            }
            else if (Refusal(name, value) is { } problem)
            {
                reader.Problem(name, problem);
            }

            headers.Add(KeyValuePair.Create(name, value));
        }

        return headers.ToImmutable();
    }

    private static void Check(SettingsReader reader, PropagatedHeader header)
    {
        const string key = nameof(HeaderOptions.Propagate);
        if (HeaderNames.IsPattern(header.Name) && (header.As ?? header.Default) is not null)
        {
            reader.Problem(key, $"'{header.Name}' is a pattern: As and Default are for one header, by its name.");
        }
        else if (!HeaderNames.IsName(header.Name))
        {
            reader.Problem(key, $"'{header.Name}' is not the name of a header.");
        }
        else if (!HeaderNames.IsPattern(header.Name) && Refusal(header.As ?? header.Name, header.Default ?? "") is { } problem)
        {
            reader.Problem(key, problem);
        }
    }

    private static string? Refusal(string name, string value) =>
        HeaderNames.IsOwn(name) ? $"'{name}' belongs to one connection and cannot be passed on."
        : !HeaderNames.IsName(name) || HeaderNames.IsPattern(name) ? $"'{name}' is not the name of a header."
        : !HeaderNames.IsValue(value) ? $"the value of '{name}' has a line break or another control character."
        : null;
}
