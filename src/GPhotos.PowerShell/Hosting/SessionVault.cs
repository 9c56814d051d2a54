using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Net;
using System.Security;
using GPhotos.Core.Auth;

namespace GPhotos.PowerShell.Hosting;

/// <summary>
/// The user's vaults, through the Get-Secret, Set-Secret and Remove-Secret that the session has: those of Microsoft.PowerShell.SecretManagement, or
/// the user's own. On the pipeline thread only.
/// </summary>
internal sealed class SessionVault(PSCmdlet cmdlet) : ISecretVault
{
    private const string Get = "param($Vault, $Name) Get-Secret -Name $Name -Vault $Vault -ErrorAction Stop";
    private const string Set = "param($Vault, $Name, $Secret) Set-Secret -Name $Name -Vault $Vault -Secret $Secret -ErrorAction Stop";
    private const string Remove = "param($Vault, $Name) Remove-Secret -Name $Name -Vault $Vault -ErrorAction Stop";

    string? ISecretVault.Read(string vault, string name)
    {
        object? found = Ask(Get, "Get-Secret", vault, vault, name).LastOrDefault()?.BaseObject;
        return found switch
        {
            null => null,
            SecureString secret => new NetworkCredential("", secret).Password,
            string text => text,
            _ => throw new VaultFailedException(
                $"The secret '{name}' in the vault '{vault}' is of the type {found.GetType().Name}, where GPhotos keeps a SecureString.", vault),
        };
    }

    void ISecretVault.Write(string vault, string name, string text)
    {
        using SecureString secret = new NetworkCredential("", text).SecurePassword;
        Ask(Set, "Set-Secret", vault, vault, name, secret);
    }

    void ISecretVault.Remove(string vault, string name) => Ask(Remove, "Remove-Secret", vault, vault, name);

    private Collection<PSObject> Ask(string script, string command, string vault, params object[] arguments)
    {
        if (cmdlet.InvokeCommand.GetCommand(command, CommandTypes.All) is null)
        {
            throw new VaultFailedException($"There is no {command} in this session to ask the vault '{vault}' with.", vault);
        }

        try
        {
            return cmdlet.InvokeCommand.InvokeScript(script, true, System.Management.Automation.Runspaces.PipelineResultTypes.None, null, arguments);
        }
        catch (RuntimeException e)
        {
            throw new VaultFailedException($"{command} failed with the vault '{vault}': {e.Message}", vault, e);
        }
    }
}
