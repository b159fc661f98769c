using System.Collections.Concurrent;
using System.Globalization;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Following;

/// <summary>
/// A team that publishes its source again and again, each time with another field and a tag of its own, and notes what it was told: that it is there, or nothing, since the connection broke.
/// </summary>
internal sealed class PublishingTeam(string source)
{
    private const int MostPublishes = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly ConcurrentDictionary<string, int?> told = new();
    private int number;

    /// <summary>How many publishes it was told of that they are there.</summary>
    public int Published => told.Values.Count(launch => launch is not null);

    /// <summary>Publishes until the token is cancelled, and goes on when the registry cannot be used for a while.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="end">Ends it, between two publishes.</param>
    public async Task PublishAsync(IRegistry registry, CancellationToken end)
    {
        while (!end.IsCancellationRequested && number < MostPublishes)
        {
            number++;
            var tag = string.Create(CultureInfo.InvariantCulture, $"{source}-{number}");
            told[tag] = null;
            try
            {
                var result = await registry.PublishAsync("shop", "production", [new SourcePublication(source, $"type Query {{ {source}{number}: Int }}")], new LaunchNote("team", tag), DateTimeOffset.UnixEpoch, default);
                if (result.Outcome == LaunchOutcome.Launched)
                {
                    told[tag] = result.Launch!.Number;
                }
                else
                {
                    // Others were faster so often: nothing was stored, and that was said.
                    Assert.Equal(LaunchOutcome.Refused, result.Outcome);
                    told.TryRemove(tag, out _);
                }
            }
            catch (Exception exception) when (exception is RegistryRequestException or System.Data.Common.DbException)
            {
                // Connections of a database that has gone are found to be so one by one.
                await Moments.PassAsync(Pause);
            }
        }
    }

    /// <summary>What it was told is so: what is there is there once, and where nothing was told all of it is there or nothing.</summary>
    /// <param name="launches">What the registry has, each of them whole.</param>
    public void Check(IReadOnlyList<Launch> launches)
    {
        var own = launches.Where(launch => launch.Note.Tag!.StartsWith($"{source}-", StringComparison.Ordinal)).ToLookup(launch => launch.Note.Tag!);
        foreach (var (tag, launch) in told)
        {
            Assert.True(own[tag].Count() <= 1, $"{tag} is there several times.");
            Assert.True(launch is null || own[tag].SingleOrDefault()?.Number == launch, $"{tag} was said to be #{launch}, and is not.");
        }

        Assert.All(own, launch => Assert.Contains(launch.Key, told.Keys));
    }
}
