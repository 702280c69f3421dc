using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Petrel.Api.Generators;

/// <summary>Gives every record marked [ApiType] its schema and its JSON and protobuf codecs.</summary>
[Generator]
public sealed class ApiTypeGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var types = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Petrel.Api.Schema.ApiTypeAttribute",
            (node, _) => node is RecordDeclarationSyntax,
            (found, _) => TypeReader.Read((INamedTypeSymbol)found.TargetSymbol, found.Attributes[0]));
        context.RegisterSourceOutput(types, (output, type) => output.AddSource(type.Namespace + "." + type.Name + ".g.cs", TypeWriter.Write(type)));
    }
}
