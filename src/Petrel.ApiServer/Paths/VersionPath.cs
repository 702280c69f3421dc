using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Paths;

/// <summary>/version: which Kubernetes the server speaks (version.Info).</summary>
internal sealed class VersionPath(ApiServerOptions options) : IPathHandler
{
    public async Task<bool> TryInvokeAsync(HttpContext context, RequestContext request)
    {
        if (request.Info.Path is not ("/version" or "/version/"))
        {
            return false;
        }

        var parts = options.KubernetesVersion.TrimStart('v').Split('.');
        var version = new JsonObject
        {
            ["major"] = parts[0],
            ["minor"] = parts[1],
            ["emulationMajor"] = parts[0],
            ["emulationMinor"] = parts[1],
            ["minCompatibilityMajor"] = parts[0],
            ["minCompatibilityMinor"] = (int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) - 1).ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["gitVersion"] = options.KubernetesVersion + "+petrel",
            ["gitCommit"] = typeof(VersionPath).Assembly.ManifestModule.ModuleVersionId.ToString("N"),
            ["gitTreeState"] = "clean",
            ["buildDate"] = "2026-11-20T00:00:00Z",
            ["goVersion"] = RuntimeInformation.FrameworkDescription,
            ["compiler"] = "roslyn",
            ["platform"] = "linux/" + (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "amd64"),
        };
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(version.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }), context.RequestAborted);
        return true;
    }
}
