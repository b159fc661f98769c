using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace GraphGateway.Architecture;

/// <summary>A public type, or a public method, as the compiler's documentation file would name it, without parameters.</summary>
/// <param name="Key">For example <c>M:GraphGateway.Language.Parser.Parse</c>.</param>
/// <param name="Overloads">How many public methods share the key.</param>
internal sealed record PublicMember(string Key, int Overloads);

/// <summary>How long a method's body is in its source file.</summary>
/// <param name="File">The source file.</param>
/// <param name="Line">Where the body starts.</param>
/// <param name="Lines">From the first to the last line of the body, both counted.</param>
internal sealed record MethodBody(string File, int Line, int Lines);

/// <summary>What an assembly's metadata says; nothing of it is loaded or run.</summary>
internal sealed class BuiltAssembly : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly string _path;

    public BuiltAssembly(string path)
    {
        _path = path;
        _file = new PEReader(File.OpenRead(path));
        _metadata = _file.GetMetadataReader();
    }

    /// <summary>The names of the assemblies that this one uses.</summary>
    public ImmutableArray<string> References() =>
    [
        .. _metadata.AssemblyReferences
            .Select(handle => _metadata.GetString(_metadata.GetAssemblyReference(handle).Name))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The full names of the foreign types that this assembly uses.</summary>
    public ImmutableHashSet<string> ForeignTypes() =>
    [
        .. _metadata.TypeReferences
            .Select(_metadata.GetTypeReference)
            .Select(type => $"{_metadata.GetString(type.Namespace)}.{_metadata.GetString(type.Name)}"),
    ];

    /// <summary>Public types, and their public methods that are neither overrides nor the compiler's own.</summary>
    public ImmutableArray<PublicMember> PublicMembers()
    {
        var keys = new List<string>();
        foreach (var type in _metadata.TypeDefinitions.Select(_metadata.GetTypeDefinition))
        {
            if (!IsVisible(type) || IsGenerated(type.GetCustomAttributes()))
            {
                continue;
            }

            keys.Add("T:" + FullName(type));
            keys.AddRange(type.GetMethods().Select(_metadata.GetMethodDefinition).Where(IsDocumented)
                .Select(method => $"M:{FullName(type)}.{_metadata.GetString(method.Name)}"));
        }

        return [.. keys.GroupBy(key => key).Select(group => new PublicMember(group.Key, group.Count()))];
    }

    /// <summary>The bodies of all methods, lambdas and state machines, read from the debug information.</summary>
    public ImmutableArray<MethodBody> MethodBodies()
    {
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(_path, ".pdb")));
        var reader = symbols.GetMetadataReader();
        var bodies = ImmutableArray.CreateBuilder<MethodBody>();
        foreach (var handle in reader.MethodDebugInformation)
        {
            var points = reader.GetMethodDebugInformation(handle).GetSequencePoints().Where(point => !point.IsHidden).ToList();
            if (points.Count > 0 && !IsInitialiser(handle))
            {
                var start = points.Min(point => point.StartLine);
                var file = reader.GetString(reader.GetDocument(points[0].Document).Name);
                bodies.Add(new MethodBody(file, start, points.Max(point => point.EndLine) - start + 1));
            }
        }

        return bodies.ToImmutable();
    }

    public void Dispose() => _file.Dispose();

    // A constructor's points hold the initialisers of all fields, wherever in the file these are: that is no length.
    private bool IsInitialiser(MethodDebugInformationHandle handle)
    {
        var method = _metadata.GetMethodDefinition(MetadataTokens.MethodDefinitionHandle(MetadataTokens.GetRowNumber(handle)));
        return _metadata.GetString(method.Name) is ".cctor" or ".ctor";
    }

    private bool IsVisible(TypeDefinition type)
    {
        var visibility = type.Attributes & TypeAttributes.VisibilityMask;
        return visibility == TypeAttributes.Public
            || (visibility == TypeAttributes.NestedPublic && IsVisible(_metadata.GetTypeDefinition(type.GetDeclaringType())));
    }

    private bool IsDocumented(MethodDefinition method)
    {
        var isPublic = (method.Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public;
        var isOverride = method.Attributes.HasFlag(MethodAttributes.Virtual) && !method.Attributes.HasFlag(MethodAttributes.NewSlot);

        // Accessors, operators and constructors: the property, the type and the primary constructor carry the comment.
        return isPublic && !isOverride && !method.Attributes.HasFlag(MethodAttributes.SpecialName) && !IsGenerated(method.GetCustomAttributes());
    }

    private bool IsGenerated(CustomAttributeHandleCollection attributes) => attributes
        .Select(_metadata.GetCustomAttribute)
        .Any(attribute => AttributeName(attribute) is "CompilerGeneratedAttribute" or "GeneratedCodeAttribute");

    private string AttributeName(CustomAttribute attribute) => attribute.Constructor.Kind switch
    {
        HandleKind.MemberReference when _metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is
            { Kind: HandleKind.TypeReference } parent => _metadata.GetString(_metadata.GetTypeReference((TypeReferenceHandle)parent).Name),
        HandleKind.MethodDefinition => _metadata.GetString(_metadata.GetTypeDefinition(
            _metadata.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType()).Name),
        _ => "",
    };

    private string FullName(TypeDefinition type) => type.IsNested
        ? $"{FullName(_metadata.GetTypeDefinition(type.GetDeclaringType()))}.{_metadata.GetString(type.Name)}"
        : $"{_metadata.GetString(type.Namespace)}.{_metadata.GetString(type.Name)}".TrimStart('.');
}
