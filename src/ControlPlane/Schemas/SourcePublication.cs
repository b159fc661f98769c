using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace GraphGateway.ControlPlane;

/// <summary>A source as a team publishes it.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Schema">Its schema.</param>
public sealed record SourcePublication(string Source, string Schema)
{
    /// <summary>Its settings, as <c>schema-settings.json</c> has them; null where there are none. The stage is the environment that they are read for.</summary>
    public string? Settings { get; init; }

    /// <summary>Where it answers in this stage; null: as before, or as its settings say.</summary>
    public string? Url { get; init; }

    /// <summary>What messages call the schema, such as the name of its file; null: the source's name.</summary>
    public string? SchemaName { get; init; }

    /// <summary>What messages call the settings.</summary>
    public string? SettingsName { get; init; }

    /// <summary>SHA-256 of schema and settings, by which equal versions are found: 64 hexadecimal digits.</summary>
    public string Hash => HashOf(Schema, Settings);

    /// <summary>SHA-256 of a schema and its settings: 64 hexadecimal digits.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="settings">The settings; null where there are none.</param>
    public static string HashOf(string schema, string? settings)
    {
        ArgumentNullException.ThrowIfNull(schema);

        // The length keeps apart what is schema and what is settings.
        var text = settings is null ? $"{schema.Length}\n{schema}" : $"{schema.Length}\n{schema}\n{settings}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

/// <summary>What is said of a change, for those who read the history.</summary>
/// <param name="Author">Who makes it; null where nobody says.</param>
/// <param name="Tag">Such as the commit; null where nobody says.</param>
public sealed record LaunchNote(string? Author, string? Tag)
{
    /// <summary>True: the change waits until somebody approves it. Of a launch: it waits, or did, whoever asked for that.</summary>
    public bool WaitForApproval { get; init; }

    /// <summary>True: it is made also where a persisted operation would break by it, in a stage that is guarded (<see cref="GuardedStage"/>).</summary>
    [JsonIgnore]
    public bool AllowBreakingOperations { get; init; }
}
