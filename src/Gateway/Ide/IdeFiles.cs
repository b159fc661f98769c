using System.Collections.Frozen;
using Microsoft.AspNetCore.StaticFiles;

namespace GraphGateway.Gateway;

/// <summary>A file of the page at <c>/graphql/</c>.</summary>
/// <param name="FullPath">Where it lies.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="IsImmutable">True where its name holds a hash of its content.</param>
internal sealed record IdeFile(string FullPath, string ContentType, bool IsImmutable);

/// <summary>
/// The files of the page at <c>/graphql/</c>, listed once: the IDE's bundle where the build has restored it (<c>ide/</c> beside the
/// program), and otherwise the small page of our own (<c>ide-page/</c>). Only listed files are ever opened.
/// </summary>
internal sealed class IdeFiles
{
    private readonly FrozenDictionary<string, IdeFile> _files;

    /// <param name="baseFolder">The folder of the program.</param>
    public IdeFiles(string baseFolder)
    {
        var bundle = Path.Combine(baseFolder, "ide");
        IsBundle = File.Exists(Path.Combine(bundle, IndexName));
        var folder = IsBundle ? bundle : Path.Combine(baseFolder, "ide-page");
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".webmanifest"] = "application/manifest+json";
        _files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToFrozenDictionary(
                file => Path.GetRelativePath(folder, file).Replace('\\', '/'),
                file => new IdeFile(file, ContentType(types, file), Path.GetRelativePath(folder, file).StartsWith("static", StringComparison.Ordinal)));
    }

    public const string IndexName = "index.html";

    /// <summary>True for the IDE, false for the small page.</summary>
    public bool IsBundle { get; }

    public IdeFile Index => _files[IndexName];

    public IdeFile? Find(string path) => _files.GetValueOrDefault(path);

    private static string ContentType(FileExtensionContentTypeProvider types, string file)
    {
        // LICENSE has no extension.
        var type = types.TryGetContentType(file, out var known) ? known : Path.HasExtension(file) ? "application/octet-stream" : "text/plain";
        return type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("json", StringComparison.Ordinal) ? type + "; charset=utf-8" : type;
    }
}
