namespace GraphGateway.TestKit;

/// <summary>Which dialects the sources of a generated set are written in.</summary>
public enum SourceSetDialect
{
    /// <summary>Apollo Federation 2.</summary>
    Apollo,

    /// <summary>Composite Schemas.</summary>
    Composite,

    /// <summary>Every second source in either.</summary>
    Mixed,
}

/// <summary>The text of a source.</summary>
/// <param name="Name">Unique in its set.</param>
/// <param name="Sdl">The schema.</param>
public sealed record GeneratedSdl(string Name, string Sdl);

/// <summary>
/// Sets of sources as a company of many teams has them, by a seed. Each source owns 18 entities, their values, enums, inputs and unions
/// (about 66 types), refers to entities of others, and adds fields to eight of them: to those of its neighbours, to a few that everybody
/// knows (users, products), and to any. Entities have up to three keys, and who adds a field may know only one of them, so that the way
/// from one source to another can lead over a third. Fields are required, provided and taken over; values are shared by all.
/// </summary>
public static class SourceSetGenerator
{
    /// <summary>The sources of a set.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Equal seeds make equal sets.</param>
    /// <param name="dialect">How they are written. Interface objects are in sets of Apollo's dialect alone.</param>
    public static GeneratedSdl[] Generate(int count, int seed, SourceSetDialect dialect)
    {
        var world = new GeneratedWorld(count, new Random(seed));
        world.Fill(hasInterfaceObjects: dialect == SourceSetDialect.Apollo);
        return
        [
            .. world.Sources.Select(source => new GeneratedSdl(
                source.Name,
                dialect == SourceSetDialect.Apollo || (dialect == SourceSetDialect.Mixed && source.Index % 2 == 0)
                    ? SourceSetWriter.Apollo(source)
                    : SourceSetWriter.Composite(source))),
        ];
    }
}
