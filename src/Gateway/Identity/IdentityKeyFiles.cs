using System.Collections.Immutable;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>What the files of <c>Gateway:Identity:KeyFiles</c> have: at the start, and whenever they change.</summary>
internal static class IdentityKeyFiles
{
    /// <summary>The keys, in the order of the files; they are of use where there is no problem.</summary>
    /// <param name="files">The files.</param>
    /// <param name="problems">Gets what is wrong; it has nothing of a key.</param>
    public static ImmutableArray<EllipticKey> Read(ImmutableArray<string> files, ICollection<string> problems)
    {
        var keys = ImmutableArray.CreateBuilder<EllipticKey>();
        foreach (var file in files)
        {
            try
            {
                keys.Add(EllipticKey.FromPem(File.ReadAllText(file)));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
            {
                problems.Add($"{file} cannot be read: {exception.Message}");
            }
            catch (InvalidDataException exception)
            {
                problems.Add($"{file} {exception.Message}");
            }
        }

        if (keys.Count > 0 && !keys[0].IsPrivate)
        {
            problems.Add("begins with a public key: the first one signs. Those after it may be public ones, which are only published.");
        }

        if (keys.DistinctBy(key => key.Id).Count() < keys.Count)
        {
            problems.Add("has the same key twice.");
        }

        return keys.ToImmutable();
    }
}
