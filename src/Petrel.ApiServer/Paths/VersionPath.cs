using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Verbs;

namespace Petrel.ApiServer.Paths;

/// <summary>/version: which Kubernetes the server speaks.</summary>
internal sealed class VersionPath(ApiServerOptions options) : IPathHandler
{
    public async Task<bool> TryInvokeAsync(HttpContext context, RequestContext request)
    {
        if (request.Info.Path is not ("/version" or "/version/"))
        {
            return false;
        }

        if (context.Request.Method != "GET")
        {
            throw ResourceDispatch.NotAllowed();
        }

        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter, JsonEncoding.WriterOptions with { Indented = true });
        Info().WriteJson(writer);
        await writer.FlushAsync(context.RequestAborted);
        return true;
    }

    /// <summary>What this build is.</summary>
    internal VersionInfo Info()
    {
        var parts = options.KubernetesVersion.TrimStart('v').Split('.');
        return new VersionInfo
        {
            Major = parts[0],
            Minor = parts[1],
            EmulationMajor = parts[0],
            EmulationMinor = parts[1],
            MinCompatibilityMajor = parts[0],
            MinCompatibilityMinor = (int.Parse(parts[1], CultureInfo.InvariantCulture) - 1).ToString(CultureInfo.InvariantCulture),
            GitVersion = options.KubernetesVersion + "+petrel",
            GitCommit = typeof(VersionPath).Assembly.ManifestModule.ModuleVersionId.ToString("N"),
            GitTreeState = "clean",
            BuildDate = "2026-11-20T00:00:00Z",
            GoVersion = RuntimeInformation.FrameworkDescription,
            Compiler = "roslyn",
            Platform = "linux/" + (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "amd64"),
        };
    }
}
