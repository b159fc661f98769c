using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>Which operations are planned before the gateway says that it is ready (<c>Gateway:WarmUp</c>).</summary>
public sealed record WarmUpOptions
{
    /// <summary>How many operations are planned at most; 0 plans none.</summary>
    public int Operations { get; init; } = 500;

    /// <summary>How long it may take; what is not planned by then is planned when somebody asks for it.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where operations that are asked for again and again, or were slow to plan, are noted for the next start; null: nowhere. It has clients' texts.</summary>
    public string? File { get; init; }

    /// <summary>The folder where the plans of those operations, and of published ones, are kept for the next start; null: nowhere. It has clients' texts.</summary>
    public string? Plans { get; init; }

    internal static WarmUpOptions Read(SettingsReader reader)
    {
        var defaults = new WarmUpOptions();
        var options = new WarmUpOptions
        {
            Operations = reader.Count(nameof(Operations), defaults.Operations, max: 100_000, min: 0),
            Time = reader.Duration(nameof(Time), defaults.Time),
            File = reader.Text(nameof(File)) is { } file ? Path.GetFullPath(file) : null,
            Plans = reader.Text(nameof(Plans)) is { } folder ? Path.GetFullPath(folder) : null,
        };
        if (options.File is { } path && !Directory.Exists(Path.GetDirectoryName(path)))
        {
            reader.Problem(nameof(File), $"there is no folder {Path.GetDirectoryName(path)}.");
        }

        if (options.Plans is { } plans && !Directory.Exists(plans))
        {
            reader.Problem(nameof(Plans), $"there is no folder {plans}.");
        }

        return options;
    }
}
